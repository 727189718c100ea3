#include "addon/pending_promise.h"

#include "addon/value_conversion.h"

namespace mapisync {

PendingPromise::PendingPromise(Environment& environment, Liveness liveness)
    : environment_(environment), deferred_(environment.env()), liveness_(liveness) {
  if (liveness_ == Liveness::kProcessIsKept) environment_.KeepProcessAlive();
}

PendingPromise::~PendingPromise() {
  if (liveness_ == Liveness::kProcessIsKept) environment_.LetProcessEnd();
}

void PendingPromise::Reject(const Failure& failure) const { deferred_.Reject(ToJs(environment_.env(), failure)); }

}  // namespace mapisync
