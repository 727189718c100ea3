// A question under way: it is answered once, or given up. Portable.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "engine/failure.h"

namespace mapisync {

class Request {
 public:
  virtual ~Request() = default;
  // Any thread. Drops the reply, so that it is not called any more (one that is being called already is not stopped);
  // what it would have brought is released when it arrives.
  virtual void Abandon() = 0;
  // Any thread. Answers with the failure, unless it has been answered or given up.
  virtual void Fail(Failure failure) = 0;
  // Any thread. Is there still somebody who wants the answer?
  virtual bool wanted() = 0;
};

template <typename T>
class PendingReply final : public Request {
 public:
  explicit PendingReply(Reply<T> reply) : reply_(std::move(reply)) {}

  void Abandon() override { Take(); }

  void Fail(Failure failure) override { Deliver(Outcome<T>(std::in_place_index<1>, std::move(failure))); }

  // Any thread. The first answer counts; later ones are dropped, and with them what they bring.
  void Deliver(Outcome<T> outcome) {
    const Reply<T> reply = Take();
    if (reply) reply(std::move(outcome));
  }

  bool wanted() override {
    const std::lock_guard lock(mutex_);
    return static_cast<bool>(reply_);
  }

 private:
  Reply<T> Take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(reply_, nullptr);
  }

  std::mutex mutex_;
  Reply<T> reply_;
};

}  // namespace mapisync
