#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "sample/mapi/sync_run.h"
#include "sample/script/caller_thread.h"
#include "sample/script/message_window.h"
#include "sample/script/scenario.h"

namespace mapisync::sample {

// Replays a scenario through a client's callback, misbehaviour included.
//
// What scenario.txt leaves open: the handle of the done event is the client's once `done` has handed it over; a
// scenario that calls Done without it, or whose call fails, closes it itself; one that never calls Done leaves it to
// the client.
class ScriptedRun : public std::enable_shared_from_this<ScriptedRun> {
 public:
  struct Setting {
    std::shared_ptr<const Scenario> scenario;
    std::shared_ptr<MessageWindow> opener_window;  // of the thread that opened the store; null where no step wants it
  };
  // The body of SynchronizeInBackground, on the client's thread. A `throw` step leaves it as an exception.
  static HRESULT Synchronize(Setting setting, SyncRequest request, SyncRun::Owner owner);

  ScriptedRun(Setting setting, std::shared_ptr<SyncRun> run);

 private:
  enum class Verdict : std::uint8_t {
    kGoOn,
    kOver,    // cancelled, or asked to stop
    kVanish,  // the thread ends without another word
  };

  HRESULT Begin();
  Verdict Play(std::size_t from, std::size_t to);
  void PlayRounds(const ScenarioStep& step);
  void PlayRepeated(const ScenarioStep& step);
  void PlayOnce(const ScenarioStep& step, std::uint32_t round);
  // What a provider does when all has been played: nothing is left behind that belongs to nobody.
  void CleanUp();

  void CallProgress(const ScenarioStep& step, std::uint32_t round);
  void CallDone(const ScenarioStep& step);
  void CallNested();
  void QueryCallback();
  void Make(StepThing thing);
  void RegisterCallback();
  void FetchCallback();
  HANDLE MakeHandle(StepHandle kind);
  void Answered(HRESULT answer);
  bool ShouldEnd() const;
  // Does a step call COM on the run's thread?
  bool NeedsApartment() const;
  bool Has(ScenarioOption option) const { return setting_.scenario->Has(option); }

  const Setting setting_;
  const std::shared_ptr<SyncRun> run_;
  CallerThread caller_thread_;
  GlobalCallback global_callback_;
  std::atomic<bool> is_cancelled_{false};
  std::atomic<bool> is_done_{false};
  bool has_failed_ = false;
  std::mutex mutex_;
  std::vector<HANDLE> own_handles_;  // written into the client's slot, never handed over
};

}  // namespace mapisync::sample
