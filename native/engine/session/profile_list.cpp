#include <utility>

#include "engine/library/library.h"
#include "engine/session/extended_error.h"
#include "engine/session/keeper.h"
#include "engine/session/mapi_initialized.h"
#include "engine/session/profile_list.h"
#include "engine/session/row_reader.h"
#include "engine/session/table_rows.h"
#include "windows/com_apartment.h"
#include "windows/com_ptr.h"
#include "windows/named_thread.h"
#include "windows/wide.h"

namespace mapisync {

namespace {

using Profiles = std::vector<ProfileRow>;

Outcome<Profiles> ReadProfiles(const Library& library) {
  ComPtr<mapi::IProfAdmin> admin;
  HRESULT result = library.admin_profiles(0, admin.Receive());
  // There is no object yet that could say more.
  if (FAILED(result) || !admin)
    return Failure{"MAPIAdminProfiles", FAILED(result) ? Unsigned(result) : kCallFailed, {}, {}};

  // Outlook's has ANSI names only, and refuses the flag.
  ComPtr<mapi::IMAPITable> table;
  result = admin->GetProfileTable(mapi::MAPI_UNICODE, table.Receive());
  if (FAILED(result)) result = admin->GetProfileTable(0, table.Receive());
  if (FAILED(result)) return DescribeFailure(library, admin.get(), "IProfAdmin::GetProfileTable", result);
  if (!table) return Failure{"IProfAdmin::GetProfileTable", kCallFailed, {}, {}};
  Profiles profiles;
  auto failure = ReadTable(library, table.get(), kProfileColumns, [&profiles](auto values) {
    if (auto row = ReadProfileRow(values, &FromAnsi)) profiles.push_back(std::move(*row));
  });
  if (failure) return std::move(*failure);
  return profiles;
}

Outcome<Profiles> FindProfiles(const std::optional<std::u16string>& mapi_path) {
  const ComApartment apartment;
  auto found = FindLibrary({mapi_path, false});
  if (auto* failure = std::get_if<Failure>(&found)) return std::move(*failure);
  const auto& library = *std::get<std::shared_ptr<const Library>>(found);
  const auto failed = [&library](HRESULT result) {
    return Failure{"MAPIInitialize", Unsigned(result), JoinReasons(library.passed_over), {}};
  };
  const HRESULT kept = KeepInitialized(library, false);
  if (FAILED(kept)) return failed(kept);
  const MapiInitialized mapi(library, false);
  if (FAILED(mapi.result())) return failed(mapi.result());
  return ReadProfiles(library);
}

}  // namespace

std::shared_ptr<Request> StartListingProfiles(const ListProfilesOptions& options, Reply<Profiles> reply) {
  const auto pending = std::make_shared<PendingReply<Profiles>>(std::move(reply));
  const bool started = StartThread(
      L"mapisync profiles", [mapi_path = options.mapi_path, pending] { pending->Deliver(FindProfiles(mapi_path)); });
  if (!started) pending->Fail({"MAPIAdminProfiles", Unsigned(mapi::MAPI_E_NOT_ENOUGH_RESOURCES), {}, {}});
  return pending;
}

}  // namespace mapisync
