#include "sample/mapi/sample_session.h"

#include <algorithm>
#include <cstring>
#include <initializer_list>
#include <new>
#include <utility>
#include <vector>

#include "sample/mapi/books.h"
#include "sample/mapi/client_call.h"
#include "sample/mapi/live_counters.h"
#include "sample/mapi/mapi_memory.h"
#include "sample/mapi/sample_store.h"
#include "sample/mapi/status_object.h"
#include "sample/mapi/store_rows.h"
#include "sample/mapi/table_builder.h"
#include "sample/profile/store_contents.h"
#include "windows/long_path.h"

namespace mapisync::sample {
namespace {

constexpr ULONG kOpenStoreFlags = mapi::MDB_NO_DIALOG | mapi::MDB_WRITE | mapi::MAPI_DEFERRED_ERRORS |
                                  mapi::MAPI_BEST_ACCESS | mapi::MDB_TEMPORARY | mapi::MDB_NO_MAIL | mapi::MDB_ONLINE;
constexpr wchar_t kSpoolerName[] = L"mapisync sample spooler";

bool IsOneOf(const IID* iid, std::initializer_list<GUID> known) {
  return iid == nullptr ||
         std::any_of(known.begin(), known.end(), [iid](const GUID& one) { return IsEqualGUID(*iid, one); });
}

// Turns running out of memory into what COM says for it.
template <typename Body>
HRESULT Guarded(const Body& body) noexcept {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  }
}

}  // namespace

SampleSession::SampleSession(std::shared_ptr<SessionState> state) : state_(std::move(state)) {}

SampleSession::~SampleSession() = default;

HRESULT SampleSession::QueryInterface(REFIID iid, void** object) noexcept {
  static constexpr GUID kKnown[] = {kIidUnknown, mapi::IID_IMAPISession};
  if (object != nullptr && IsEqualGUID(iid, mapi::IID_IMAPIClientShutdown)) {
    AddRef();
    *object = static_cast<mapi::IMAPIClientShutdown*>(this);
    return S_OK;
  }
  return AnswerQuery(static_cast<mapi::IMAPISession*>(this), iid, kKnown, object);
}

HRESULT SampleSession::GetLastError(HRESULT result, ULONG flags, mapi::MAPIERROR** error) noexcept {
  const ClientCall call;
  if (state_->options().ansi_only && (flags & mapi::MAPI_UNICODE) != 0) {
    if (error != nullptr) *error = nullptr;
    return mapi::MAPI_E_BAD_CHARWIDTH;
  }
  return last_error_.Get(result, flags, error);
}

HRESULT SampleSession::GetMsgStoresTable(ULONG flags, mapi::IMAPITable** table) noexcept {
  const ClientCall call;
  if (table == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *table = nullptr;
  if (is_over()) return mapi::MAPI_E_INVALID_OBJECT;
  return Guarded([&] { return MakeStoreTable(flags, table); });
}

HRESULT SampleSession::MakeStoreTable(ULONG flags, mapi::IMAPITable** table) {
  if (!state_->options_problem().empty()) {
    return last_error_.Set(mapi::MAPI_E_INVALID_PARAMETER, state_->options_problem());
  }
  StoreListing listing = ListStoresInProfile(state_->profile());
  if (!listing.problem.empty()) return last_error_.Set(mapi::MAPI_E_INVALID_PARAMETER, std::move(listing.problem));
  std::vector<PropertyList> rows = StoreTableRows(std::move(listing.stores), state_->options());
  if (state_->options().alias_entry_ids) {
    const std::uint16_t alias = state_->NextAlias();
    for (PropertyList& row : rows) {
      if (const Property* entry_id = row.Find(mapi::PR_ENTRYID)) {
        row.Set(BinaryProperty(mapi::PR_ENTRYID, AliasOfEntryId(entry_id->bytes, alias)));
      }
    }
  }
  return BuildTable(StoreTableColumns(), std::move(rows), state_->options(), flags, table);
}

HRESULT SampleSession::ReadName(const mapi::ENTRYID* entry_id, ULONG size, EntryName* name) {
  if (entry_id == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  switch (ReadEntryId(entry_id, size, name)) {
    case EntryIdProblem::kNone:
      return S_OK;
    case EntryIdProblem::kForeign:
      return last_error_.Set(mapi::MAPI_E_UNKNOWN_ENTRYID, L"the entry identifier is not one of the sample's");
    default:
      return last_error_.Set(mapi::MAPI_E_INVALID_ENTRYID, L"the entry identifier is too short or damaged");
  }
}

HRESULT SampleSession::OpenMsgStore(ULONG_PTR, ULONG entry_id_size, mapi::ENTRYID* entry_id, const IID* iid,
                                    ULONG flags, mapi::IMsgStore** store) noexcept {
  const ClientCall call;
  if (store == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *store = nullptr;
  if (is_over()) return mapi::MAPI_E_INVALID_OBJECT;
  const ProfileOptions& options = state_->options();
  if ((flags & ~kOpenStoreFlags) != 0 || (flags & options.refused_open_flags) != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  if (!IsOneOf(iid, {mapi::IID_IMsgStore, mapi::IID_IMAPIProp, kIidUnknown})) {
    return mapi::MAPI_E_INTERFACE_NOT_SUPPORTED;
  }
  if (options.open_store_result) return static_cast<HRESULT>(*options.open_store_result);
  return Guarded([&] {
    EntryName name;
    const HRESULT read = ReadName(entry_id, entry_id_size, &name);
    if (FAILED(read)) return read;
    if (name.kind != EntryKind::kStore) {
      return last_error_.Set(mapi::MAPI_E_INVALID_ENTRYID, L"the entry identifier is not a store's");
    }
    return OpenNamedStore(name.name, flags, store);
  });
}

HRESULT SampleSession::OpenNamedStore(const std::wstring& folder_name, ULONG flags, mapi::IMsgStore** store) {
  StoreListing listing = ListStoresInProfile(state_->profile());
  if (!listing.problem.empty()) return last_error_.Set(mapi::MAPI_E_INVALID_PARAMETER, std::move(listing.problem));
  const auto found = std::find_if(listing.stores.begin(), listing.stores.end(),
                                  [&](const StoreInProfile& one) { return one.folder_name == folder_name; });
  const std::wstring folder = JoinPath(state_->profile().folder, folder_name);
  if (found == listing.stores.end()) return last_error_.Set(mapi::MAPI_E_NOT_FOUND, folder + L": no such store");

  SampleStore::Description description;
  std::wstring problem;
  const HRESULT looked = LookIntoStore(folder, &description.contents, &problem);
  if (FAILED(looked)) return last_error_.Set(looked, std::move(problem));
  description.session_state = state_;
  description.properties = StoreProperties(*found);
  description.has_spooler_at_work = state_->has_mail() && (flags & mapi::MDB_NO_MAIL) == 0;
  *store = new SampleStore(std::move(description));
  return S_OK;
}

HRESULT SampleSession::OpenAddressBook(ULONG_PTR, const IID*, ULONG, mapi::IAddrBook** address_book) noexcept {
  if (address_book != nullptr) *address_book = nullptr;
  return mapi::MAPI_E_NO_SUPPORT;
}

HRESULT SampleSession::OpenProfileSection(mapi::MAPIUID*, const IID*, ULONG, mapi::IProfSect** section) noexcept {
  if (section != nullptr) *section = nullptr;
  return mapi::MAPI_E_NO_SUPPORT;
}

HRESULT SampleSession::GetStatusTable(ULONG flags, mapi::IMAPITable** table) noexcept {
  const ClientCall call;
  if (table == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *table = nullptr;
  if (is_over()) return mapi::MAPI_E_INVALID_OBJECT;
  return Guarded([&] { return MakeStatusTable(flags, table); });
}

HRESULT SampleSession::MakeStatusTable(ULONG flags, mapi::IMAPITable** table) {
  StoreListing listing = ListStoresInProfile(state_->profile());
  if (!listing.problem.empty()) return last_error_.Set(mapi::MAPI_E_INVALID_PARAMETER, std::move(listing.problem));
  std::vector<PropertyList> rows;
  rows.push_back(StatusProperties({EntryKind::kSubsystem, {}}, state_->profile().name, state_->has_mail()));
  rows.push_back(StatusProperties({EntryKind::kSpooler, {}}, kSpoolerName, state_->has_mail()));
  for (const StoreInProfile& store : listing.stores) {
    rows.push_back(
        StatusProperties({EntryKind::kStoreStatus, store.folder_name}, store.display_name, state_->has_mail()));
  }
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].Set(NumberProperty(mapi::PR_ROWID, static_cast<ULONG>(i)));
  std::vector<ULONG> columns = rows.front().Tags(true);
  // What the store table's rows are made to lack has nothing to do with these.
  ProfileOptions options;
  options.ansi_only = state_->options().ansi_only;
  return BuildTable(std::move(columns), std::move(rows), options, flags, table);
}

HRESULT SampleSession::OpenEntry(ULONG entry_id_size, mapi::ENTRYID* entry_id, const IID* iid, ULONG flags,
                                 ULONG* object_type, ::IUnknown** object) noexcept {
  const ClientCall call;
  if (object_type == nullptr || object == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *object_type = 0;
  *object = nullptr;
  if (is_over()) return mapi::MAPI_E_INVALID_OBJECT;
  constexpr ULONG kKnownFlags = mapi::MAPI_MODIFY | mapi::MAPI_DEFERRED_ERRORS | mapi::MAPI_BEST_ACCESS |
                                mapi::MAPI_NO_CACHE | mapi::MAPI_CACHE_ONLY;
  if ((flags & ~kKnownFlags) != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  return Guarded([&]() -> HRESULT {
    EntryName name;
    const HRESULT read = ReadName(entry_id, entry_id_size, &name);
    if (FAILED(read)) return read;
    if (name.kind != EntryKind::kStore) {
      if (!IsOneOf(iid, {mapi::IID_IMAPIStatus, mapi::IID_IMAPIProp, kIidUnknown})) {
        return mapi::MAPI_E_INTERFACE_NOT_SUPPORTED;
      }
      const HRESULT opened = OpenStatus(name, object);
      if (SUCCEEDED(opened)) *object_type = mapi::MAPI_STATUS;
      return opened;
    }
    if (!IsOneOf(iid, {mapi::IID_IMsgStore, mapi::IID_IMAPIProp, kIidUnknown})) {
      return mapi::MAPI_E_INTERFACE_NOT_SUPPORTED;
    }
    mapi::IMsgStore* store = nullptr;
    const HRESULT opened = OpenNamedStore(name.name, 0, &store);
    if (FAILED(opened)) return opened;
    *object = store;
    *object_type = mapi::MAPI_STORE;
    return S_OK;
  });
}

HRESULT SampleSession::OpenStatus(const EntryName& name, ::IUnknown** object) {
  std::wstring display_name;
  switch (name.kind) {
    case EntryKind::kSubsystem:
      display_name = state_->profile().name;
      break;
    case EntryKind::kSpooler:
      display_name = kSpoolerName;
      break;
    case EntryKind::kStoreStatus: {
      const StoreListing listing = ListStoresInProfile(state_->profile());
      const auto found = std::find_if(listing.stores.begin(), listing.stores.end(),
                                      [&](const StoreInProfile& one) { return one.folder_name == name.name; });
      if (found == listing.stores.end()) return last_error_.Set(mapi::MAPI_E_NOT_FOUND, name.name + L": no such store");
      display_name = found->display_name;
      break;
    }
    default:
      return last_error_.Set(mapi::MAPI_E_UNKNOWN_ENTRYID, L"the entry identifier names nothing that can be opened");
  }
  *object = new StatusObject(state_, name.kind, StatusProperties(name, display_name, state_->has_mail()));
  return S_OK;
}

HRESULT SampleSession::CompareEntryIDs(ULONG first_size, mapi::ENTRYID* first, ULONG second_size, mapi::ENTRYID* second,
                                       ULONG flags, ULONG* equal) noexcept {
  const ClientCall call;
  std::uint32_t answer = 0;
  const HRESULT compared =
      CompareEntryIds({first, first_size}, {second, second_size}, flags, equal == nullptr ? nullptr : &answer);
  if (equal != nullptr) *equal = answer;
  return compared;
}

HRESULT SampleSession::Advise(ULONG, mapi::ENTRYID*, ULONG, mapi::IMAPIAdviseSink*, ULONG_PTR* connection) noexcept {
  const ClientCall call;
  if (connection != nullptr) *connection = 0;
  return mapi::MAPI_E_NO_SUPPORT;
}

HRESULT SampleSession::Unadvise(ULONG_PTR) noexcept {
  const ClientCall call;
  return mapi::MAPI_E_INVALID_PARAMETER;
}

HRESULT SampleSession::MessageOptions(ULONG_PTR, ULONG, void*, mapi::IMessage*) noexcept {
  return mapi::MAPI_E_NO_SUPPORT;
}

HRESULT SampleSession::QueryDefaultMessageOpt(void*, ULONG, ULONG* count, mapi::SPropValue** options) noexcept {
  if (count != nullptr) *count = 0;
  if (options != nullptr) *options = nullptr;
  return mapi::MAPI_E_NO_SUPPORT;
}

HRESULT SampleSession::EnumAdrTypes(ULONG, ULONG* count, void*** address_types) noexcept {
  if (count != nullptr) *count = 0;
  if (address_types != nullptr) *address_types = nullptr;
  return mapi::MAPI_E_NO_SUPPORT;
}

// Nobody is logged on but the profile's name: the answer is the subsystem's identifier, and a warning that it is no
// address.
HRESULT SampleSession::QueryIdentity(ULONG* entry_id_size, mapi::ENTRYID** entry_id) noexcept {
  const ClientCall call;
  if (entry_id_size == nullptr || entry_id == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *entry_id_size = 0;
  *entry_id = nullptr;
  if (is_over()) return mapi::MAPI_E_INVALID_OBJECT;
  return Guarded([&] {
    const std::vector<std::uint8_t> bytes = MakeEntryId(EntryKind::kSubsystem, {});
    void* block = AllocateMapiBuffer(bytes.size());
    if (block == nullptr) return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
    std::memcpy(block, bytes.data(), bytes.size());
    *entry_id = static_cast<mapi::ENTRYID*>(block);
    *entry_id_size = static_cast<ULONG>(bytes.size());
    return mapi::MAPI_W_NO_SERVICE;
  });
}

HRESULT SampleSession::Logoff(ULONG_PTR, ULONG flags, ULONG reserved) noexcept {
  const ClientCall call;
  if (reserved != 0) return mapi::MAPI_E_INVALID_PARAMETER;
  if ((flags & ~(mapi::MAPI_LOGOFF_SHARED | mapi::MAPI_LOGOFF_UI)) != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  if (is_over()) return mapi::MAPI_E_INVALID_OBJECT;
  while (state_->options().block_logoff) Sleep(INFINITE);
  Sleep(state_->options().slow_logoff_ms);
  state_->LogOff(kLogoffWaitMs);
  Live().logoffs.fetch_add(1, std::memory_order_relaxed);
  WriteBooks();
  return S_OK;
}

HRESULT SampleSession::SetDefaultStore(ULONG, ULONG, mapi::ENTRYID*) noexcept { return mapi::MAPI_E_NO_SUPPORT; }

HRESULT SampleSession::AdminServices(ULONG, mapi::IMsgServiceAdmin** service_admin) noexcept {
  if (service_admin != nullptr) *service_admin = nullptr;
  return mapi::MAPI_E_NO_SUPPORT;
}

HRESULT SampleSession::ShowForm(ULONG_PTR, mapi::IMsgStore*, mapi::IMAPIFolder*, const IID*, ULONG_PTR, mapi::IMessage*,
                                ULONG, ULONG, ULONG, ULONG, char*) noexcept {
  return mapi::MAPI_E_NO_SUPPORT;
}

HRESULT SampleSession::PrepareForm(const IID*, mapi::IMessage*, ULONG_PTR* message_token) noexcept {
  if (message_token != nullptr) *message_token = 0;
  return mapi::MAPI_E_NO_SUPPORT;
}

HRESULT SampleSession::QueryFastShutdown() noexcept {
  const ClientCall call;
  return S_OK;
}

HRESULT SampleSession::NotifyProcessShutdown() noexcept {
  const ClientCall call;
  return S_OK;
}

// What a run has done by now is on disk and recorded; the process ends, so nobody waits for it.
HRESULT SampleSession::DoFastShutdown() noexcept {
  const ClientCall call;
  state_->LogOff(0);
  Live().fast_shutdowns.fetch_add(1, std::memory_order_relaxed);
  WriteBooks();
  return S_OK;
}

}  // namespace mapisync::sample
