// Where MAPI is looked for, in which order, and what is said where it is not found.
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "check.h"
#include "engine/library/library_search.h"
#include "text/utf8.h"
#include "windows/long_path.h"

namespace mapisync {
namespace {

constexpr char16_t kSystemMapi[] = u"C:\\Windows\\System32\\mapi32.dll";

class TestMachine final : public SearchEnvironment {
 public:
  std::optional<RegistryText> ReadMachineText(const std::u16string& key, const std::u16string& name) override {
    const auto value = registry.find({key, name});
    if (value == registry.end()) return std::nullopt;
    return value->second;
  }
  std::u16string ExpandVariables(const std::u16string& text) override {
    const std::u16string variable = u"%ProgramFiles%";
    const auto at = text.find(variable);
    return at == text.npos ? text : text.substr(0, at) + u"C:\\Program Files" + text.substr(at + variable.size());
  }
  std::u16string SystemFolder() override { return system_folder; }
  std::optional<LoadFailure> Load(const std::u16string& path) override {
    tried.push_back(path);
    const auto failure = failures.find(path);
    if (failure != failures.end()) return failure->second;
    if (good.count(path) != 0) return std::nullopt;
    return LoadFailure{LoadProblem::kNotFound, 0x8007007E, u"there is no file " + path, false};
  }

  void Register(const std::u16string& client, const std::u16string& dll, bool expandable = false) {
    registry[{u"Software\\Clients\\Mail", u""}] = {client, false};
    if (!dll.empty()) registry[{u"Software\\Clients\\Mail\\" + client, u"DLLPathEx"}] = {dll, expandable};
  }
  void Fail(const std::u16string& path, LoadProblem problem, std::uint32_t hresult) {
    failures[path] = {problem, hresult, u"cannot use " + path, problem == LoadProblem::kNotAMapiDll};
  }

  std::map<std::pair<std::u16string, std::u16string>, RegistryText> registry;
  std::map<std::u16string, LoadFailure> failures;
  std::set<std::u16string> good;
  std::u16string system_folder = u"C:\\Windows\\System32";
  std::vector<std::u16string> tried;
};

LibraryFound Found(const Outcome<LibraryFound>& outcome) {
  if (const auto* failure = std::get_if<Failure>(&outcome)) {
    CHECK_SAY(false, ToUtf8(failure->detail));
  }
  return std::get<LibraryFound>(outcome);
}

Failure Failed(const Outcome<LibraryFound>& outcome) {
  CHECK(std::holds_alternative<Failure>(outcome));
  return std::get<Failure>(outcome);
}

bool Says(const std::u16string& text, const std::u16string& part) { return text.find(part) != text.npos; }

CASE("a path that is given is tried, and nothing else") {
  TestMachine machine;
  machine.good = {u"D:\\mapi\\olmapi32.dll", kSystemMapi};
  const auto found = Found(SearchLibrary({u"D:\\mapi\\olmapi32.dll", false}, machine));
  CHECK(found.path == u"D:\\mapi\\olmapi32.dll" && found.found_by == "the path that was given");
  CHECK(machine.tried.size() == 1);

  TestMachine empty;
  empty.good = {kSystemMapi};
  const auto failure = Failed(SearchLibrary({u"D:\\mapi\\gone.dll", true}, empty));
  CHECK(failure.symbol == "MAPI_NOT_INSTALLED" && failure.operation == "LoadLibraryExW");
  CHECK(failure.hresult == 0x8007007E && failure.detail == u"there is no file D:\\mapi\\gone.dll");
  CHECK(empty.tried.size() == 1);
}

CASE("a path that is not absolute is not tried") {
  for (const char16_t* path :
       {u"mapi32.dll", u"mapi\\mapi32.dll", u".\\mapi32.dll", u"\\mapi32.dll", u"C:mapi32.dll", u""}) {
    TestMachine machine;
    machine.good = {path};
    const auto failure = Failed(SearchLibrary({path, true}, machine));
    CHECK(failure.symbol == "MAPI_NOT_INSTALLED" && Says(failure.detail, u"no absolute path"));
    CHECK(machine.tried.empty());
  }
}

CASE("drive, network and long paths are absolute, with either slash") {
  for (const char16_t* path :
       {u"C:\\x.dll", u"c:/x.dll", u"\\\\server\\share\\x.dll", u"\\\\?\\C:\\x.dll", u"//server/x"}) {
    CHECK(IsAbsolutePath(path));
  }
  for (const char16_t* path : {u"", u"x", u"C:", u"C:x", u"\\x", u"1:\\x", u"..\\x"}) CHECK(!IsAbsolutePath(path));
}

CASE("the default mail client's DLLPathEx comes first, expanded if it is of that type") {
  TestMachine machine;
  machine.Register(u"Microsoft Outlook", u"%ProgramFiles%\\Office\\olmapi32.dll", true);
  machine.good = {u"C:\\Program Files\\Office\\olmapi32.dll", kSystemMapi};
  const auto found = Found(SearchLibrary({}, machine));
  CHECK(found.path == u"C:\\Program Files\\Office\\olmapi32.dll");
  CHECK(found.found_by == "DLLPathEx of the default mail client \"Microsoft Outlook\"");
  CHECK(found.passed_over.empty());
}

CASE("a plain text value is not expanded") {
  TestMachine machine;
  machine.Register(u"Odd", u"%ProgramFiles%\\odd.dll", false);
  CHECK(Says(Failed(SearchLibrary({}, machine)).detail, u"no absolute path"));
}

CASE("a DLLPathEx that is the system's mapi32.dll is passed over, and the system's is tried by its path") {
  for (const char16_t* value : {u"mapi32.dll", u"MAPI32.DLL", u"c:\\windows\\system32\\MAPI32.dll"}) {
    TestMachine machine;
    machine.Register(u"Client", value);
    machine.good = {kSystemMapi, value};
    const auto found = Found(SearchLibrary({}, machine));
    CHECK(found.path == kSystemMapi && found.found_by == "mapi32.dll in the system folder");
    CHECK(found.passed_over.size() == 1 && machine.tried.size() == 1);
  }
}

CASE("a bare file name in DLLPathEx is never loaded") {
  TestMachine machine;
  machine.Register(u"Client", u"evil.dll");
  machine.good = {u"evil.dll"};
  CHECK(Failed(SearchLibrary({}, machine)).symbol == "MAPI_NOT_INSTALLED");
  CHECK(machine.tried.empty() || machine.tried.front() == kSystemMapi);
}

CASE("without a client that has Extended MAPI the system's mapi32.dll is tried with ui alone") {
  TestMachine none;
  none.good = {kSystemMapi};
  const auto failure = Failed(SearchLibrary({}, none));
  CHECK(failure.symbol == "MAPI_NOT_INSTALLED" && none.tried.empty());
  CHECK(Says(failure.detail, u"no default mail client is registered") && Says(failure.detail, u"may show a dialog"));
  CHECK(Found(SearchLibrary({std::nullopt, true}, none)).path == kSystemMapi);

  TestMachine simple;
  simple.Register(u"Simple", u"");
  simple.good = {kSystemMapi};
  CHECK(Says(Failed(SearchLibrary({}, simple)).detail, u"names no DLLPathEx"));
  CHECK(Found(SearchLibrary({std::nullopt, true}, simple)).passed_over.size() == 1);
}

CASE("a client with a component's id has Extended MAPI, which the system's mapi32.dll finds") {
  TestMachine machine;
  machine.Register(u"Microsoft Outlook", u"");
  machine.registry[{u"Software\\Clients\\Mail\\Microsoft Outlook", u"MSIComponentID"}] = {u"{id}", false};
  machine.good = {kSystemMapi};
  CHECK(Found(SearchLibrary({}, machine)).path == kSystemMapi);
}

CASE("a client's DLL that cannot be used is reported, and the system's is tried with ui alone") {
  TestMachine machine;
  machine.Register(u"Client", u"C:\\client.dll");
  machine.Fail(u"C:\\client.dll", LoadProblem::kWrongBitness, 0x800700C1);
  machine.good = {kSystemMapi};
  const auto failure = Failed(SearchLibrary({}, machine));
  CHECK(failure.symbol == "MAPI_WRONG_BITNESS" && failure.hresult == 0x800700C1);
  CHECK(Says(failure.detail, u"cannot use C:\\client.dll; ") && machine.tried.size() == 1);
  const auto found = Found(SearchLibrary({std::nullopt, true}, machine));
  CHECK(found.path == kSystemMapi && found.passed_over.size() == 1);
}

CASE("of several failures the most telling one gives the code") {
  TestMachine machine;
  machine.Register(u"Client", u"C:\\client.dll");
  machine.Fail(u"C:\\client.dll", LoadProblem::kMissingDependency, 0x8007007E);
  machine.Fail(kSystemMapi, LoadProblem::kNotLoadable, 0x80070005);
  CHECK(Failed(SearchLibrary({std::nullopt, true}, machine)).symbol == "MAPI_MISSING_DEPENDENCY");
  machine.Fail(kSystemMapi, LoadProblem::kWrongBitness, 0x800700C1);
  CHECK(Failed(SearchLibrary({std::nullopt, true}, machine)).symbol == "MAPI_WRONG_BITNESS");
}

CASE("a DLL that is no MAPI says which call found that out") {
  TestMachine machine;
  machine.Fail(u"C:\\x.dll", LoadProblem::kNotAMapiDll, 0x8007007F);
  const auto failure = Failed(SearchLibrary({u"C:\\x.dll", false}, machine));
  CHECK(failure.symbol == "MAPI_NOT_A_MAPI_DLL" && failure.operation == "GetProcAddress");
}

CASE("a Windows that names no system folder has no system MAPI") {
  TestMachine machine;
  machine.system_folder.clear();
  CHECK(Says(Failed(SearchLibrary({std::nullopt, true}, machine)).detail, u"no system folder"));
  CHECK(machine.tried.empty());
}

// Why a DLL could not be loaded.

std::vector<std::uint8_t> Program(std::uint16_t machine, std::uint32_t offset = 0x80) {
  std::vector<std::uint8_t> head(4096);
  head[0] = 'M';
  head[1] = 'Z';
  for (int at = 0; at < 4; ++at) head[0x3C + at] = static_cast<std::uint8_t>(offset >> 8 * at);
  if (offset < head.size() && head.size() - offset >= 6) {
    head[offset] = 'P';
    head[offset + 1] = 'E';
    head[offset + 4] = static_cast<std::uint8_t>(machine);
    head[offset + 5] = static_cast<std::uint8_t>(machine >> 8);
  }
  return head;
}

LoadFailure Explain(std::uint32_t error, const std::vector<std::uint8_t>& head, bool exists = true) {
  FailedLoad load;
  load.path = u"C:\\x.dll";
  load.windows_error = error;
  load.file_exists = exists;
  load.head = head;
  return ExplainFailedLoad(load);
}

CASE("a missing file, another processor's file and no program file are told apart, whatever the error was") {
  for (const std::uint32_t error : {2U, 126U, 193U, 216U}) {
    CHECK(Explain(error, {}, false).problem == LoadProblem::kNotFound);
    CHECK(Explain(error, Program(0x014C)).problem == LoadProblem::kWrongBitness);
    CHECK(Explain(error, Program(0xAA64)).problem == LoadProblem::kWrongBitness);
    CHECK(Explain(error, {'h', 'e', 'l', 'l', 'o'}).problem == LoadProblem::kNotAMapiDll);
  }
  CHECK(Explain(193, Program(0x014C)).detail == u"C:\\x.dll is 32-bit (x86), and this process is 64-bit (x64)");
  CHECK(Says(Explain(193, Program(0x1234)).detail, u"another processor"));
}

CASE("a missing dependency, a failed initialisation and the rest are told apart") {
  const auto own = Program(0x8664);
  CHECK(Explain(126, own).problem == LoadProblem::kMissingDependency && Explain(126, own).hresult == 0x8007007E);
  CHECK(Explain(127, own).problem == LoadProblem::kMissingDependency);
  CHECK(Explain(1114, own).problem == LoadProblem::kNotLoadable && Says(Explain(1114, own).detail, u"initialising"));
  CHECK(Says(Explain(5, own).detail, u"Windows error 5)") && Explain(5, own).hresult == 0x80070005);
}

CASE("a header that is cut, or points outside, is none") {
  auto head = Program(0x8664);
  CHECK(ReadMachine(head) == Machine::kX64);
  CHECK(!ReadMachine(std::span(head).first(0x85)));
  CHECK(!ReadMachine(std::span(head).first(10)));
  CHECK(!ReadMachine({}));
  CHECK(!ReadMachine(Program(0x8664, 0xFFFFFFFF)));
  CHECK(!ReadMachine(Program(0x8664, 4091)));
  head[0x80] = 'X';
  CHECK(!ReadMachine(head));
}

}  // namespace
}  // namespace mapisync

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
