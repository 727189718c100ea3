// What the DLL exports: MAPI's functions, as clients and the system's mapi32.dll call them, and the sample's counters.
// mapisync-sample.def gives them their names, plain and decorated.
#include <objbase.h>

#include <algorithm>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "mapi/mapi.h"
#include "sample/mapi/books.h"
#include "sample/mapi/client_call.h"
#include "sample/mapi/live_counters.h"
#include "sample/mapi/logon.h"
#include "sample/mapi/mapi_memory.h"
#include "sample/mapi/profile_admin.h"
#include "sample/mapi/properties.h"
#include "sample/mapi/subsystem.h"
#include "windows/text_encoding.h"

namespace mapisync::sample {
namespace {

// A profile's name as MAPILogonEx gets it; nothing for NULL and for an empty one.
std::optional<std::wstring> NameArgument(const void* name, ULONG flags) {
  if (name == nullptr) return std::nullopt;
  std::wstring wide = (flags & mapi::MAPI_UNICODE) != 0 ? std::wstring(static_cast<const wchar_t*>(name))
                                                        : WideFromAnsi(static_cast<const char*>(name));
  if (wide.empty()) return std::nullopt;
  return wide;
}

HRESULT CollectRows(mapi::IMAPITable* table, LONG max_rows, std::vector<mapi::SRow>* rows) {
  constexpr LONG kPortion = 256;
  for (;;) {
    mapi::SRowSet* portion = nullptr;
    const HRESULT queried = table->QueryRows(kPortion, 0, &portion);
    if (FAILED(queried)) return queried;
    if (portion->cRows == 0) {
      FreeMapiBuffer(portion);
      return S_OK;
    }
    const RowSetPtr owner(portion);
    rows->reserve(rows->size() + portion->cRows);
    rows->insert(rows->end(), portion->aRow, portion->aRow + portion->cRows);
    portion->cRows = 0;  // the rows have gone over
    if (max_rows > 0 && rows->size() > static_cast<std::size_t>(max_rows)) return mapi::MAPI_E_TABLE_TOO_BIG;
  }
}

HRESULT QueryAllRows(mapi::IMAPITable* table, LONG max_rows, mapi::SRowSet** result) {
  std::vector<mapi::SRow> rows;
  HRESULT collected = CollectRows(table, max_rows, &rows);
  mapi::SRowSet* set = nullptr;
  if (SUCCEEDED(collected)) {
    set = static_cast<mapi::SRowSet*>(AllocateMapiBuffer(sizeof(mapi::SRowSet) + rows.size() * sizeof(mapi::SRow)));
    if (set == nullptr) collected = mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  }
  if (FAILED(collected)) {
    for (const mapi::SRow& row : rows) FreeMapiBuffer(row.lpProps);
    return collected;
  }
  set->cRows = static_cast<ULONG>(rows.size());
  std::copy(rows.begin(), rows.end(), set->aRow);
  *result = set;
  return S_OK;
}

}  // namespace
}  // namespace mapisync::sample

BOOL WINAPI DllMain(HINSTANCE, DWORD reason, void*) {
  if (reason == DLL_PROCESS_DETACH) mapisync::sample::WriteBooks();
  return TRUE;
}

extern "C" {

HRESULT STDMETHODCALLTYPE SampleMAPIInitialize(void* init) {
  const mapisync::sample::ClientCall call;
  return mapisync::sample::InitializeSubsystem(static_cast<const mapi::MAPIINIT_0*>(init));
}

void STDMETHODCALLTYPE SampleMAPIUninitialize() {
  const mapisync::sample::ClientCall call;
  mapisync::sample::UninitializeSubsystem();
}

HRESULT STDMETHODCALLTYPE SampleMAPILogonEx(ULONG_PTR, void* profile, void* password, ULONG flags,
                                            mapi::IMAPISession** session) {
  const mapisync::sample::ClientCall call;
  if (session == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *session = nullptr;
  if (!mapisync::sample::IsSubsystemInitialized()) return mapi::MAPI_E_NOT_INITIALIZED;
  if (password != nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  try {
    return mapisync::sample::LogOn({mapisync::sample::NameArgument(profile, flags), flags}, session);
  } catch (const std::bad_alloc&) {
    return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  }
}

HRESULT STDMETHODCALLTYPE SampleMAPIAdminProfiles(ULONG flags, mapi::IProfAdmin** admin) {
  const mapisync::sample::ClientCall call;
  if (admin == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *admin = nullptr;
  if (!mapisync::sample::IsSubsystemInitialized()) return mapi::MAPI_E_NOT_INITIALIZED;
  if (flags != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  *admin = new (std::nothrow) mapisync::sample::ProfileAdmin;
  return *admin == nullptr ? mapi::MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

mapi::SCODE STDMETHODCALLTYPE SampleMAPIAllocateBuffer(ULONG size, void** buffer) {
  const mapisync::sample::ClientCall call;
  if (buffer == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *buffer = mapisync::sample::AllocateMapiBuffer(size);
  return *buffer == nullptr ? mapi::MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

mapi::SCODE STDMETHODCALLTYPE SampleMAPIAllocateMore(ULONG size, void* base, void** buffer) {
  const mapisync::sample::ClientCall call;
  if (buffer == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *buffer = nullptr;
  if (base == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *buffer = mapisync::sample::AllocateMapiMore(size, base);
  return *buffer == nullptr ? mapi::MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

ULONG STDMETHODCALLTYPE SampleMAPIFreeBuffer(void* buffer) {
  const mapisync::sample::ClientCall call;
  return static_cast<ULONG>(mapisync::sample::FreeMapiBuffer(buffer) ? S_OK : mapi::MAPI_E_INVALID_PARAMETER);
}

mapi::SCODE STDMETHODCALLTYPE SampleScInitMapiUtil(ULONG flags) {
  const mapisync::sample::ClientCall call;
  return flags == 0 ? S_OK : mapi::MAPI_E_UNKNOWN_FLAGS;
}

void STDMETHODCALLTYPE SampleDeinitMapiUtil() { const mapisync::sample::ClientCall call; }

IMalloc* STDMETHODCALLTYPE SampleMAPIGetDefaultMalloc() {
  const mapisync::sample::ClientCall call;
  IMalloc* allocator = nullptr;
  return SUCCEEDED(CoGetMalloc(1, &allocator)) ? allocator : nullptr;
}

HRESULT STDMETHODCALLTYPE SampleHrQueryAllRows(mapi::IMAPITable* table, mapi::SPropTagArray* tags,
                                               mapi::SRestriction* restriction, mapi::SSortOrderSet* order,
                                               LONG max_rows, mapi::SRowSet** rows) {
  const mapisync::sample::ClientCall call;
  if (rows == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *rows = nullptr;
  if (table == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  HRESULT result = tags == nullptr ? S_OK : table->SetColumns(tags, mapi::TBL_BATCH);
  if (SUCCEEDED(result) && restriction != nullptr) result = table->Restrict(restriction, mapi::TBL_BATCH);
  if (SUCCEEDED(result) && order != nullptr) result = table->SortTable(order, mapi::TBL_BATCH);
  if (SUCCEEDED(result)) result = table->SeekRow(mapi::BOOKMARK_BEGINNING, 0, nullptr);
  if (FAILED(result)) return result;
  try {
    return mapisync::sample::QueryAllRows(table, max_rows, rows);
  } catch (const std::bad_alloc&) {
    return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  }
}

void STDMETHODCALLTYPE SampleFreeProws(mapi::SRowSet* rows) {
  const mapisync::sample::ClientCall call;
  mapisync::sample::FreeRowSet(rows);
}

// There are no notifications, hence none to be dispatched.
HRESULT STDMETHODCALLTYPE SampleHrDispatchNotifications(ULONG) { return S_OK; }

// `counters` is a mapisync::sample::SampleCounters, with its size filled in; see live_counters.h.
void STDMETHODCALLTYPE SampleMapisyncSampleCounters(mapisync::sample::SampleCounters* counters) {
  if (counters != nullptr) mapisync::sample::Live().Read(counters);
}

}  // extern "C"
