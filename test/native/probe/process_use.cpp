#include "process_use.h"

#include <windows.h>
// After windows.h, whose types it uses.
#include <tlhelp32.h>

#include <cstring>
#include <vector>

namespace mapisync::probe {

namespace {

// SYSTEM_HANDLE_INFORMATION_EX, as NtQuerySystemInformation(SystemExtendedHandleInformation) fills it in.
constexpr ULONG kExtendedHandleInformation = 64;
constexpr LONG kInfoLengthMismatch = static_cast<LONG>(0xC0000004);

struct HandleEntry {
  void* object;
  ULONG_PTR process_id;
  ULONG_PTR value;
  ULONG granted_access;
  USHORT creator_back_trace_index;
  USHORT object_type_index;
  ULONG attributes;
  ULONG reserved;
};

struct HandleListHead {
  ULONG_PTR count;
  ULONG_PTR reserved;
};

using NtQuerySystemInformationFunction = LONG(WINAPI*)(ULONG, void*, ULONG, ULONG*);

NtQuerySystemInformationFunction QuerySystem() {
  const HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
  if (ntdll == nullptr) return nullptr;
  return reinterpret_cast<NtQuerySystemInformationFunction>(
      reinterpret_cast<void (*)()>(GetProcAddress(ntdll, "NtQuerySystemInformation")));
}

}  // namespace

std::uint32_t CountHandles() {
  const auto query = QuerySystem();
  if (query == nullptr) return 0;
  // Handles come and go while we ask: the buffer grows until the list fits.
  std::vector<unsigned char> buffer(1 << 20);
  LONG status = kInfoLengthMismatch;
  while (buffer.size() <= (1u << 28)) {
    status = query(kExtendedHandleInformation, buffer.data(), static_cast<ULONG>(buffer.size()), nullptr);
    if (status != kInfoLengthMismatch) break;
    buffer.resize(buffer.size() * 2);
  }
  if (status < 0) return 0;
  HandleListHead head = {};
  std::memcpy(&head, buffer.data(), sizeof(head));
  std::uint32_t own = 0;
  for (ULONG_PTR i = 0; i < head.count; ++i) {
    HandleEntry entry = {};
    std::memcpy(&entry, buffer.data() + sizeof(head) + i * sizeof(entry), sizeof(entry));
    if (entry.process_id == GetCurrentProcessId()) ++own;
  }
  return own;
}

std::uint32_t CountThreads() {
  const HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
  if (snapshot == INVALID_HANDLE_VALUE) return 0;
  std::uint32_t count = 0;
  THREADENTRY32 entry = {};
  entry.dwSize = sizeof(entry);
  for (BOOL found = Thread32First(snapshot, &entry); found != FALSE; found = Thread32Next(snapshot, &entry)) {
    if (entry.th32OwnerProcessID == GetCurrentProcessId()) ++count;
  }
  CloseHandle(snapshot);
  return count;
}

std::uint64_t HeapBytes() {
  std::vector<HANDLE> heaps(64);
  for (;;) {
    const DWORD count = GetProcessHeaps(static_cast<DWORD>(heaps.size()), heaps.data());
    if (count <= heaps.size()) {
      heaps.resize(count);
      break;
    }
    heaps.resize(count);
  }
  std::uint64_t bytes = 0;
  for (const HANDLE heap : heaps) {
    if (HeapLock(heap) == FALSE) continue;
    PROCESS_HEAP_ENTRY entry = {};
    while (HeapWalk(heap, &entry) != FALSE) {
      if ((entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) != 0) bytes += entry.cbData;
    }
    HeapUnlock(heap);
  }
  return bytes;
}

}  // namespace mapisync::probe
