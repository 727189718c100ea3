// The wire's frames, held against those of docs/wire.md, which are written by hand.
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "check.h"
#include "wire/frame_reader.h"
#include "wire/frame_splitter.h"
#include "wire/frame_writer.h"
#include "wire_page.h"

namespace mapisync::wire {
namespace {

using Bytes = std::vector<std::uint8_t>;

template <typename... Message>
Bytes EncodeAny(const std::variant<Message...>& message) {
  return std::visit([](const auto& alternative) { return Encode(alternative); }, message);
}

StoreRow RowM() { return {{0xAB}, u"M", true, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, std::nullopt}; }

// What each of the page's frames says, by its title.
std::map<std::string, Bytes> ExpectedFrames() {
  const Event start{1, 0x200000C3, 0, 0, 1000};
  const Event progress{0x102, 1, 10, 0, 2000};
  const Event repeated{0x002, 2, 10, 0, 1700000000000};
  const Event problem{0x203, 0x80040115, 0, 0, 3000};
  const Event end{0x105, 2, 0x80004005, 0, 5000};
  return {
      {"to both: hello", Encode(Hello{1, 64, u"1.2.3"})},
      {"to the host: list profiles", Encode(ListProfiles{1, std::nullopt})},
      {"to the host: list profiles, with a path", Encode(ListProfiles{2, u"C:\\m"})},
      {"to the host: log on", Encode(LogOn{3, std::nullopt, u"B\u00F6", false, false, true, false})},
      {"to the host: log on, join", Encode(LogOn{4294967294, std::nullopt, std::nullopt, true, true, false, true})},
      {"to the host: list stores", Encode(ListStores{4})},
      {"to the host: open store", Encode(OpenStore{5, {0x00, 0xAB, 0xFF}})},
      {"to the host: close store", Encode(CloseStore{6, 1, 5000})},
      {"to the host: release store", Encode(ReleaseStore{1})},
      {"to the host: close session", Encode(CloseSession{7, 0})},
      {"to the host: synchronize", Encode(Synchronize{9, 1, 0x200000C3, true, 0, 60000, 60016})},
      {"to the host: credit", Encode(Credit{9, 4096, 262144})},
      {"to the host: cancel", Encode(Cancel{9})},
      {"to the host: when returned", Encode(WhenReturned{8, 9})},
      {"to the host: when let go", Encode(WhenLetGo{9, 9, 67305985})},
      {"to the host: release run", Encode(ReleaseRun{9})},
      {"to the host: abandon", Encode(Abandon{5})},
      {"to the program: profiles", Encode(Profiles{1, {{u"A", true}, {u"", false}}})},
      {"to the program: logged on", Encode(LoggedOn{3, u"A", u"C:\\m", std::nullopt, u"path"})},
      {"to the program: stores", Encode(Stores{4, {RowM()}})},
      {"to the program: store opened",
       Encode(StoreOpened{5, 1, {{1, 2}, std::u16string(1, char16_t{0xD800}), false, {}, u"P"}, true})},
      {"to the program: store closed", Encode(StoreClosed{6, true})},
      {"to the program: session closed", Encode(SessionClosed{7, 2})},
      {"to the program: returned", Encode(Returned{8, 0x8004010F})},
      {"to the program: returned, without a call", Encode(Returned{8, std::nullopt})},
      {"to the program: let go", Encode(LetGo{9, false})},
      {"to the program: failure", Encode(Failed{3, u"MAPILogonEx", 0x80040111, u"no", u""})},
      {"to the program: abandoned", Encode(Abandoned{5})},
      {"to the program: events",
       Encode(Events{9, {3, 1, 24, std::nullopt}, {{start, progress, repeated, problem}, {u"In"}}})},
      {"to the program: events, the end", Encode(Events{9, {3, 1, 0, 0}, {{end}, {u"x"}}})},
      {"to the program: ended", Encode(Ended{9, {4294967297, 0, 4096, 2}})},
  };
}

std::string Fault(const std::optional<MalformedFrame>& fault) {
  return !fault ? "" : fault->frame + "; offset " + std::to_string(fault->offset) + "; " + fault->reason;
}

// What a reader of that direction says of the bytes: why they are refused, or nothing.
std::string FaultOf(const Bytes& bytes, bool to_host, bool is_first) {
  FrameSplitter splitter;
  if (!is_first) {
    splitter.Add(Encode(Hello{}));
    CHECK(splitter.Next());
  }
  splitter.Add(bytes);
  const auto frame = splitter.Next();
  if (!frame) return Fault(splitter.fault());
  if (to_host) {
    const auto decoded = DecodeToHost(*frame);
    if (const auto* const fault = std::get_if<MalformedFrame>(&decoded)) return Fault(*fault);
    CHECK(EncodeAny(std::get<ToHost>(decoded)) == bytes);
  } else {
    const auto decoded = DecodeToProgram(*frame);
    if (const auto* const fault = std::get_if<MalformedFrame>(&decoded)) return Fault(*fault);
    CHECK(EncodeAny(std::get<ToProgram>(decoded)) == bytes);
  }
  return "";
}

CASE("each frame of docs/wire.md is what its message is encoded to, and reads back as the same") {
  const auto expected = ExpectedFrames();
  const auto page = FramesOfPage(MAPISYNC_WIRE_PAGE, "frame");
  CHECK_SAY(page.size() == expected.size(), std::to_string(page.size()) + " frames on the page");
  for (const PageFrame& frame : page) {
    const auto found = expected.find(frame.title);
    CHECK_SAY(found != expected.end(), "no message is known for " + frame.title);
    CHECK_SAY(found->second == frame.bytes, frame.title);
    const bool to_both = frame.title.starts_with("to both");
    for (const bool to_host : {true, false}) {
      if (!to_both && to_host != frame.title.starts_with("to the host")) continue;
      const std::string fault = FaultOf(frame.bytes, to_host, to_both);
      CHECK_SAY(fault.empty(), frame.title + ": " + fault);
    }
  }
}

CASE("each malformed frame of docs/wire.md is refused with the place and the reason that stand there") {
  const auto page = FramesOfPage(MAPISYNC_WIRE_PAGE, "malformed");
  CHECK(page.size() > 20);
  for (const PageFrame& frame : page) {
    const std::size_t colon = frame.title.find(": ");
    const std::string to = frame.title.substr(0, colon);
    const std::string fault = FaultOf(frame.bytes, to.ends_with("to the host"), to.starts_with("first"));
    CHECK_SAY(fault == frame.title.substr(colon + 2), frame.title + ", but got: " + fault);
  }
}

CASE("frames are found in a stream wherever its pieces end") {
  Bytes stream = Encode(Hello{1, 32, u"1.2.3"});
  const std::size_t first = stream.size();
  const Bytes second = Encode(ListStores{7});
  stream.insert(stream.end(), second.begin(), second.end());
  for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
    FrameSplitter splitter;
    std::vector<std::size_t> sizes;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      splitter.Add(std::span(stream).subspan(at, std::min(piece, stream.size() - at)));
      while (const auto frame = splitter.Next()) sizes.push_back(frame->size());
    }
    splitter.Finish();
    CHECK(!splitter.fault());
    CHECK((sizes == std::vector<std::size_t>{first, second.size()}));
  }
}

CASE("a stream that ends inside a frame says so") {
  const Bytes hello = Encode(Hello{1, 32, u"1.2.3"});
  for (std::size_t size = 1; size < hello.size(); ++size) {
    FrameSplitter splitter;
    splitter.Add(std::span(hello).first(size));
    CHECK(!splitter.Next() && !splitter.fault());
    splitter.Finish();
    CHECK(Fault(splitter.fault()) == "frame; offset " + std::to_string(size) + "; the stream ends inside the frame");
  }
}

CASE("the longest text passes whole") {
  const std::u16string longest(kMaxTextUnits, u'x');
  const Bytes frame = Encode(ListProfiles{1, longest});
  const auto decoded = DecodeToHost(frame);
  CHECK(std::get<ListProfiles>(std::get<ToHost>(decoded)).mapi_path == longest);
}

CASE("nothing is read beyond a frame, and nothing is accepted that has lost bytes") {
  for (const auto& [title, whole] : ExpectedFrames()) {
    // Each shorter copy has an allocation of its own, so that the address sanitizer sees a byte read too many.
    for (std::size_t size = 5; size < whole.size(); ++size) {
      Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
      cut.shrink_to_fit();
      CHECK_SAY(std::holds_alternative<MalformedFrame>(DecodeToHost(cut)), title);
      CHECK_SAY(std::holds_alternative<MalformedFrame>(DecodeToProgram(cut)), title);
    }
  }
}

}  // namespace
}  // namespace mapisync::wire

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
