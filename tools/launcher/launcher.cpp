// Starts a program so that it can write into Unix pipes.
//
// Under Wine a Windows program cannot use a Unix pipe as a stream the way it uses a Windows one: Node.js fails with
// `open EBADF`. Plain ReadFile and WriteFile do work on it, so this program stands between: it gives the child Windows
// pipes, copies, and ends with the child's exit code. A stream that is a file, a console or nothing is handed on as it
// is.
//
//   launcher.exe PROGRAM [ARGUMENTS...]

#include <windows.h>

#include <atomic>
#include <cstdio>
#include <cwchar>
#include <string>

namespace {

constexpr DWORD kBufferSize = 64 * 1024;
/// After the child's end: how long nothing may come out of a pipe that something else keeps open.
constexpr DWORD kQuietMs = 500;
constexpr UINT kCannotStart = 127;

/// One direction of one stream: what can be read from `source` is written to `target`.
struct Copier {
  HANDLE source = nullptr;
  HANDLE target = nullptr;
  HANDLE thread = nullptr;
  std::atomic<bool> reading = false;
  std::atomic<unsigned> chunks = 0;
};

DWORD WINAPI Copy(void* parameter) {
  Copier& copier = *static_cast<Copier*>(parameter);
  static thread_local char buffer[kBufferSize];
  for (;;) {
    DWORD size = 0;
    copier.reading = true;
    const bool got = ReadFile(copier.source, buffer, kBufferSize, &size, nullptr) != FALSE && size > 0;
    copier.reading = false;
    if (!got) break;
    copier.chunks += 1;
    DWORD written = 0;
    for (DWORD at = 0; at < size; at += written) {
      if (WriteFile(copier.target, buffer + at, size - at, &written, nullptr) == FALSE || written == 0) size = 0;
    }
    if (size == 0) break;  // The reader has gone. Closing our end tells the child so.
  }
  CloseHandle(copier.source);
  CloseHandle(copier.target);
  return 0;
}

bool IsPipe(HANDLE handle) {
  return handle != nullptr && handle != INVALID_HANDLE_VALUE && GetFileType(handle) == FILE_TYPE_PIPE;
}

/// The child's end of the stream: the handle itself, or a new pipe's end whose other end `copier` serves.
HANDLE Bridge(DWORD which, Copier& copier) {
  HANDLE own = GetStdHandle(which);
  if (!IsPipe(own)) {
    if (own != nullptr && own != INVALID_HANDLE_VALUE)
      SetHandleInformation(own, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    return own;
  }
  SetHandleInformation(own, HANDLE_FLAG_INHERIT, 0);
  HANDLE read_end = nullptr;
  HANDLE write_end = nullptr;
  if (CreatePipe(&read_end, &write_end, nullptr, kBufferSize) == FALSE) return own;
  const bool input = which == STD_INPUT_HANDLE;
  copier.source = input ? own : read_end;
  copier.target = input ? write_end : own;
  HANDLE childs = input ? read_end : write_end;
  SetHandleInformation(childs, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
  return childs;
}

void Start(Copier& copier) {
  if (copier.source != nullptr) copier.thread = CreateThread(nullptr, 0, Copy, &copier, 0, nullptr);
}

/// What follows the program's own name, exactly as it was given: quoting again could only spoil it.
std::wstring Arguments() {
  const wchar_t* text = GetCommandLineW();
  const wchar_t end = *text == L'"' ? L'"' : L' ';
  if (end == L'"') ++text;
  while (*text != L'\0' && *text != end) ++text;
  if (*text == L'"') ++text;
  while (*text == L' ' || *text == L'\t') ++text;
  return text;
}

/// Waits until everything that the child wrote has been passed on. A process of the child's that outlives it may hold
/// the pipe open: then the pipe being quiet is the end.
void Drain(const Copier& copier) {
  if (copier.thread == nullptr) return;
  unsigned seen = copier.chunks;
  while (WaitForSingleObject(copier.thread, kQuietMs) == WAIT_TIMEOUT) {
    if (copier.reading && copier.chunks == seen) return;
    seen = copier.chunks;
  }
}

/// A job that ends the child with us, whoever kills us.
HANDLE JobThatEndsWithUs() {
  HANDLE job = CreateJobObjectW(nullptr, nullptr);
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {};
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_SILENT_BREAKAWAY_OK;
  SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
  return job;
}

/// Ctrl-C goes to the child as well, which decides what it means; its exit code is then ours.
BOOL WINAPI LeaveToTheChild(DWORD) { return TRUE; }

}  // namespace

int wmain() {
  std::wstring command = Arguments();
  if (command.empty()) {
    std::fputs("launcher: no program given\n", stderr);
    return static_cast<int>(kCannotStart);
  }

  static Copier input;
  static Copier output;
  static Copier errors;
  STARTUPINFOW startup = {};
  startup.cb = sizeof startup;
  startup.dwFlags = STARTF_USESTDHANDLES;
  startup.hStdInput = Bridge(STD_INPUT_HANDLE, input);
  startup.hStdOutput = Bridge(STD_OUTPUT_HANDLE, output);
  startup.hStdError = Bridge(STD_ERROR_HANDLE, errors);

  // Not SetConsoleCtrlHandler(nullptr, TRUE): that the child would inherit.
  SetConsoleCtrlHandler(LeaveToTheChild, TRUE);

  HANDLE job = JobThatEndsWithUs();
  PROCESS_INFORMATION child = {};
  if (CreateProcessW(nullptr, command.data(), nullptr, nullptr, TRUE, CREATE_SUSPENDED, nullptr, nullptr, &startup,
                     &child) == FALSE) {
    std::fprintf(stderr, "launcher: cannot start %ls: error %lu\n", command.c_str(), GetLastError());
    return static_cast<int>(kCannotStart);
  }
  AssignProcessToJobObject(job, child.hProcess);
  ResumeThread(child.hThread);

  // Only the child may hold its ends now, or no pipe would ever end.
  if (input.source != nullptr) CloseHandle(startup.hStdInput);
  if (output.source != nullptr) CloseHandle(startup.hStdOutput);
  if (errors.source != nullptr) CloseHandle(startup.hStdError);
  Start(input);
  Start(output);
  Start(errors);

  WaitForSingleObject(child.hProcess, INFINITE);
  DWORD code = kCannotStart;
  GetExitCodeProcess(child.hProcess, &code);
  Drain(output);
  Drain(errors);
  ExitProcess(code);
}
