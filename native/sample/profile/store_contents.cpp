#include "sample/profile/store_contents.h"

#include <utility>

#include "sample/mailbox/mailbox_sync.h"
#include "windows/folder_reader.h"
#include "windows/long_path.h"
#include "windows/text_encoding.h"

namespace mapisync::sample {
namespace {

HRESULT RequireFolder(const std::wstring& path, std::wstring* problem) {
  switch (KindOfPath(path)) {
    case PathKind::kFolder:
      return S_OK;
    case PathKind::kFile:
      *problem = path + L": a file, where a folder should be";
      return mapi::MAPI_E_CORRUPT_STORE;
    default:
      *problem = path + L": no such folder";
      return mapi::MAPI_E_NOT_FOUND;
  }
}

HRESULT ReadScenario(const std::wstring& file, StoreContents* contents, std::wstring* problem) {
  std::string bytes;
  std::uint32_t error = 0;
  if (ReadWholeFile(file, kMaxScenarioBytes, &bytes, &error) != ReadResult::kRead) {
    *problem = file + L": cannot be read (Windows error " + std::to_wstring(error) + L")";
    return mapi::MAPI_E_DISK_ERROR;
  }
  auto scenario = std::make_shared<Scenario>();
  if (const std::optional<ScenarioError> wrong = ParseScenario(bytes, scenario.get())) {
    *problem = file;
    if (wrong->line > 0) *problem += L", line " + std::to_wstring(wrong->line);
    *problem += L": " + WideFromReversibleUtf8(wrong->message);
    return mapi::MAPI_E_INVALID_PARAMETER;
  }
  contents->kind = StoreContents::Kind::kScripted;
  contents->scenario = std::move(scenario);
  return S_OK;
}

}  // namespace

HRESULT LookIntoStore(const std::wstring& folder, StoreContents* contents, std::wstring* problem) {
  contents->folder = folder;
  const HRESULT found = RequireFolder(folder, problem);
  if (FAILED(found)) return found;
  const std::wstring scenario = JoinPath(folder, L"scenario.txt");
  if (KindOfPath(scenario) == PathKind::kFile) return ReadScenario(scenario, contents, problem);
  if (KindOfPath(JoinPath(folder, L"syncless")) == PathKind::kFile) {
    contents->kind = StoreContents::Kind::kSyncless;
    return S_OK;
  }
  contents->kind = StoreContents::Kind::kMailbox;
  const MailboxPaths paths = MailboxPathsOf(folder);
  const HRESULT server = RequireFolder(paths.server, problem);
  return FAILED(server) ? server : RequireFolder(paths.local, problem);
}

}  // namespace mapisync::sample
