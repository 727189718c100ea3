#include "sample/mapi/books.h"

#include <windows.h>

#include <atomic>
#include <cstdio>

#include "sample/mapi/live_counters.h"
#include "windows/long_path.h"

namespace mapisync::sample {
namespace {

struct BooksFile {
  std::wstring path;
  BooksFile* next = nullptr;
};

// A list that only grows and is never freed: when the process ends, a lock could be held by a thread that is gone.
constinit std::atomic<BooksFile*> first_file{nullptr};

}  // namespace

void KeepBooksIn(const std::wstring& folder) {
  const std::wstring path = LongPath(JoinPath(folder, L"books.json"));
  for (const BooksFile* file = first_file.load(); file != nullptr; file = file->next) {
    if (file->path == path) return;
  }
  auto* file = new BooksFile{path, first_file.load()};
  while (!first_file.compare_exchange_weak(file->next, file)) {
  }
}

void WriteBooks() noexcept {
  const BooksFile* file = first_file.load();
  if (file == nullptr) return;
  SampleCounters now;
  Live().Read(&now);
  char text[512];
  const int length = std::snprintf(
      text, sizeof(text),
      "{\"initializations\":%d,\"uninitializations\":%d,\"logoffs\":%d,\"fastShutdowns\":%d,"
      "\"callsAfterFastShutdown\":%d,\"sessions\":%d,\"stores\":%d,\"references\":%d,\"runs\":%d,\"threads\":%d,"
      "\"allocations\":%d,\"callbackReferences\":%d}\n",
      now.initializations, now.uninitializations, now.logoffs, now.fast_shutdowns, now.calls_after_fast_shutdown,
      now.objects[static_cast<int>(ObjectKind::kSession)], now.objects[static_cast<int>(ObjectKind::kStore)],
      now.references, now.runs, now.threads, now.allocations, now.callback_references);
  for (; file != nullptr; file = file->next) {
    const HANDLE handle =
        CreateFileW(file->path.c_str(), GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                    CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE) continue;
    DWORD written = 0;
    WriteFile(handle, text, static_cast<DWORD>(length), &written, nullptr);
    CloseHandle(handle);
  }
}

}  // namespace mapisync::sample
