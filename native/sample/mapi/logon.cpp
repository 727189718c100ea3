#include "sample/mapi/logon.h"

#include <memory>
#include <mutex>
#include <utility>

#include "sample/mapi/books.h"
#include "sample/mapi/sample_session.h"
#include "sample/mapi/session_state.h"
#include "sample/profile/profile.h"

namespace mapisync::sample {
namespace {

constexpr ULONG kKnownFlags = mapi::MAPI_LOGON_UI | mapi::MAPI_NEW_SESSION | mapi::MAPI_APP_PROFILE |
                              mapi::MAPI_ALLOW_OTHERS | mapi::MAPI_EXPLICIT_PROFILE | mapi::MAPI_EXTENDED |
                              mapi::MAPI_USE_DEFAULT | mapi::MAPI_FORCE_DOWNLOAD | mapi::MAPI_SERVICE_UI_ALWAYS |
                              mapi::MAPI_NO_MAIL | mapi::MAPI_NT_SERVICE | mapi::MAPI_PASSWORD_UI |
                              mapi::MAPI_TIMEOUT_SHORT | mapi::MAPI_BG_SESSION | mapi::MAPI_UNICODE;

// The session that others may join, if there is one: the last that was begun with MAPI_ALLOW_OTHERS.
class SharedSession {
 public:
  std::shared_ptr<SessionState> Get() {
    const std::lock_guard lock(mutex_);
    std::shared_ptr<SessionState> state = state_.lock();
    return state != nullptr && state->is_logged_off() ? nullptr : state;
  }
  void Set(const std::shared_ptr<SessionState>& state) {
    const std::lock_guard lock(mutex_);
    state_ = state;
  }

 private:
  std::mutex mutex_;
  std::weak_ptr<SessionState> state_;
};

SharedSession& TheSharedSession() {
  static SharedSession& shared = *new SharedSession;  // never destroyed
  return shared;
}

}  // namespace

HRESULT LogOn(const LogonRequest& request, mapi::IMAPISession** session) {
  const ULONG flags = request.flags;
  if ((flags & ~kKnownFlags) != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  if ((flags & mapi::MAPI_NEW_SESSION) == 0) {
    if (std::shared_ptr<SessionState> shared = TheSharedSession().Get()) {
      *session = new SampleSession(std::move(shared));
      return S_OK;
    }
  }
  std::optional<std::wstring> name = request.profile;
  if (!name && (flags & mapi::MAPI_USE_DEFAULT) != 0) name = DefaultProfileName();
  if (!name) return mapi::MAPI_E_LOGON_FAILED;
  std::optional<Profile> profile = FindProfile(*name);
  if (!profile) return mapi::MAPI_E_NOT_FOUND;

  SessionState::Origin origin;
  origin.profile = std::move(*profile);
  origin.has_mail = (flags & mapi::MAPI_NO_MAIL) == 0;
  auto state = std::make_shared<SessionState>(std::move(origin));
  if (state->options().books) KeepBooksIn(state->profile().folder);
  while (state->options().block_logon) Sleep(INFINITE);
  if (const auto result = state->options().logon_result) {
    const auto answer = static_cast<HRESULT>(*result);
    if (FAILED(answer)) return answer;
  }
  if ((flags & mapi::MAPI_ALLOW_OTHERS) != 0) TheSharedSession().Set(state);
  *session = new SampleSession(std::move(state));
  return S_OK;
}

}  // namespace mapisync::sample
