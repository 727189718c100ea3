// What a provider leaves on the thread that called SynchronizeInBackground, and needs after the call has returned.
#pragma once

#include <memory>

#include "mapi/mapi.h"
#include "sample/mapi/stop_signal.h"
#include "sample/script/message_window.h"
#include "sample/script/scenario.h"
#include "windows/com_ptr.h"

namespace mapisync::sample {

class ThreadTimer;
class ApartmentObject;

class CallerThread {
 public:
  CallerThread();
  ~CallerThread();
  CallerThread(const CallerThread&) = delete;
  CallerThread& operator=(const CallerThread&) = delete;

  // The caller's thread. Fails where the thread has no apartment, or there are no more windows or timers.
  HRESULT Make(StepThing thing);
  // Another thread, which is in an apartment where the thing is the object: waits until the caller's thread has served
  // the thing, or `stop` is set. False where it never will: there is no such thing, or its thread has gone.
  bool Use(StepThing thing, StopSignal& stop);
  // The thread that has used the things: gives all of them up.
  void Clear();

 private:
  std::unique_ptr<MessageWindow> window_;
  std::unique_ptr<ThreadTimer> timer_;
  std::unique_ptr<ApartmentObject> object_;
};

// The callback's place in the global interface table, by which a provider takes it to another apartment.
// https://learn.microsoft.com/windows/win32/com/accessing-interfaces-across-apartments
class GlobalCallback {
 public:
  // A thread with an apartment.
  HRESULT Register(mapi::IMAPISyncProgressCallback* callback);
  // Another thread with an apartment. `*callback` brings a reference.
  HRESULT Fetch(mapi::IMAPISyncProgressCallback** callback);
  void Revoke();

 private:
  DWORD cookie_ = 0;
};

// The multithreaded apartment, for a thread of the sample's own.
class Multithreaded {
 public:
  Multithreaded();
  ~Multithreaded();
  Multithreaded(const Multithreaded&) = delete;
  Multithreaded& operator=(const Multithreaded&) = delete;

 private:
  const HRESULT result_;
};

}  // namespace mapisync::sample
