#include "addon/inbox.h"

#include <utility>

namespace mapisync {

Inbox::Inbox(Napi::Env env) : waker_(env, Deliver, this) {}

void Inbox::Post(Work work) {
  {
    const std::lock_guard lock(mutex_);
    if (open_) {
      work_.push_back(std::move(work));
      work = nullptr;
    }
  }
  if (work) {
    work(Napi::Env(nullptr));
  } else {
    waker_.Wake();
  }
}

void Inbox::Close() {
  waker_.Close();
  std::vector<Work> left;
  {
    const std::lock_guard lock(mutex_);
    open_ = false;
    left.swap(work_);
  }
  for (const Work& work : left) work(Napi::Env(nullptr));
}

void Inbox::Deliver(Napi::Env env, void* inbox) {
  auto* self = static_cast<Inbox*>(inbox);
  std::vector<Work> work;
  {
    const std::lock_guard lock(self->mutex_);
    work.swap(self->work_);
  }
  const Napi::HandleScope scope(env);
  for (Work& item : work) {
    try {
      item(env);
    } catch (const Napi::Error& error) {
      // An exception of JavaScript's: uncaught, as in any callback; the work behind it goes on.
      static_cast<void>(napi_fatal_exception(env, error.Value()));
    }
  }
}

}  // namespace mapisync
