#include "default_store.h"

#include <cstdint>
#include <stdexcept>
#include <vector>

namespace bench {

namespace {

constexpr ULONG kEverything = mapi::SYNC_UPLOAD_HIERARCHY | mapi::SYNC_DOWNLOAD_HIERARCHY | mapi::SYNC_UPLOAD_CONTENTS |
                              mapi::SYNC_DOWNLOAD_CONTENTS | mapi::SYNC_ON_DEMAND;

void Check(HRESULT result, const char* operation) {
  if (FAILED(result)) throw std::runtime_error(std::string(operation) + " failed");
}

template <typename Function>
Function* Export(HMODULE library, const char* name) {
  auto* function = reinterpret_cast<Function*>(reinterpret_cast<void*>(GetProcAddress(library, name)));
  if (function == nullptr) throw std::runtime_error(std::string(name) + " is not exported");
  return function;
}

std::vector<BYTE> FirstEntryId(HMODULE library, mapi::IMAPISession* session) {
  mapi::IMAPITable* table = nullptr;
  Check(session->GetMsgStoresTable(0, &table), "IMAPISession::GetMsgStoresTable");
  mapi::SRowSet* rows = nullptr;
  mapi::SPropTagArray columns = {1, {mapi::PR_ENTRYID}};
  const HRESULT queried =
      Export<mapi::HRQUERYALLROWS>(library, "HrQueryAllRows")(table, &columns, nullptr, nullptr, 0, &rows);
  table->Release();
  Check(queried, "HrQueryAllRows");
  std::vector<BYTE> entry_id;
  if (rows->cRows > 0) {
    const mapi::SBinary& bytes = rows->aRow[0].lpProps[0].Value.bin;
    entry_id.assign(bytes.lpb, bytes.lpb + bytes.cb);
  }
  Export<mapi::FREEPROWS>(library, "FreeProws")(rows);
  return entry_id;
}

}  // namespace

DefaultStore::DefaultStore(const std::wstring& dll, const std::wstring& profile) {
  HMODULE library = LoadLibraryW(dll.c_str());
  if (library == nullptr) throw std::runtime_error("LoadLibrary failed");
  mapi::MAPIINIT_0 init = {mapi::MAPI_INIT_VERSION, mapi::MAPI_MULTITHREAD_NOTIFICATIONS | mapi::MAPI_NO_COINIT};
  Check(Export<mapi::MAPIINITIALIZE>(library, "MAPIInitialize")(&init), "MAPIInitialize");
  std::wstring name = profile;
  Check(Export<mapi::MAPILOGONEX>(library, "MAPILogonEx")(
            0, name.data(), nullptr,
            mapi::MAPI_UNICODE | mapi::MAPI_EXTENDED | mapi::MAPI_NEW_SESSION | mapi::MAPI_NO_MAIL, &session_),
        "MAPILogonEx");
  std::vector<BYTE> entry_id = FirstEntryId(library, session_);
  Check(
      session_->OpenMsgStore(0, static_cast<ULONG>(entry_id.size()), reinterpret_cast<mapi::ENTRYID*>(entry_id.data()),
                             nullptr, mapi::MDB_NO_DIALOG | mapi::MAPI_BEST_ACCESS, &store_),
      "IMAPISession::OpenMsgStore");
  void* sync = nullptr;
  Check(store_->QueryInterface(mapi::IID_IMAPISync, &sync), "IMsgStore::QueryInterface");
  sync_ = static_cast<mapi::IMAPISync*>(sync);
}

DefaultStore::~DefaultStore() {
  if (sync_ != nullptr) sync_->Release();
  if (store_ != nullptr) store_->Release();
  if (session_ != nullptr) {
    session_->Logoff(0, 0, 0);
    session_->Release();
  }
}

void DefaultStore::Synchronize(mapi::IMAPISyncProgressCallback* callback, HANDLE* event_slot) {
  mapi::MAPISIB request = {sizeof(mapi::MAPISIB), kEverything, session_, callback, event_slot};
  Check(sync_->SynchronizeInBackground(&request), "IMAPISync::SynchronizeInBackground");
}

}  // namespace bench
