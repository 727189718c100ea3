// What a provider's calls come to, from many threads, and when it may be held.
#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

#include "check.h"
#include "engine/run/sync_sink.h"

namespace mapisync {
namespace {

constexpr std::uint32_t kSuccess = 0;
constexpr std::uint32_t kUserCancel = 0x80040113;

class Owner final : public SyncSinkOwner {
 public:
  void OnDone(std::uint32_t hresult, void* event) noexcept override {
    done_hresult = hresult;
    done_event = event;
    ++dones;
  }
  void OnReaderStalled() noexcept override { ++stalls; }
  void OnUnreferenced() noexcept override { ++unreferenced; }

  std::atomic<std::uint32_t> done_hresult{0};
  std::atomic<void*> done_event{nullptr};
  std::atomic<int> dones{0};
  std::atomic<int> stalls{0};
  std::atomic<int> unreferenced{0};
};

class SilentReader final : public EventReader {
 public:
  void OnReady() noexcept override {}
};

thread_local EventChannel::ThreadId this_thread = 1;
EventChannel::ThreadId ThisThread() { return this_thread; }

constexpr EventChannel::ThreadId kNeverHeld[] = {100, 200};

struct Fixture {
  explicit Fixture(Delivery delivery, std::uint32_t hold_ms = 60000)
      : channel(std::make_shared<EventChannel>(
            EventChannel::Options{delivery, hold_ms, &ThisThread, {kNeverHeld[0], kNeverHeld[1]}},
            std::make_shared<SilentReader>())),
        sink(std::make_shared<SyncSink>(channel, owner)) {
    channel->Start(0);
  }

  // As many as there is room for.
  void Fill() const {
    for (std::size_t count = 0; count + 1 < EventChannel::kMaxEvents; ++count) channel->Problem(1, nullptr);
  }

  std::shared_ptr<Owner> owner = std::make_shared<Owner>();
  std::shared_ptr<EventChannel> channel;
  std::shared_ptr<SyncSink> sink;
};

CASE("Progress and Error are noted and answered with S_OK") {
  const Fixture f(Delivery::kEvery);
  CHECK(f.sink->Progress(u"Inbox", 1, 10) == kSuccess);
  CHECK(f.sink->Error(0x80040115, nullptr) == kSuccess);
  EventBatch batch;
  CHECK(f.channel->Take(10, &batch) == 3);
  CHECK(f.channel->updates() == 1 && f.channel->problems() == 1);
}

CASE("the first Done reaches the run, with its handle; every Done is answered with S_OK") {
  const Fixture f(Delivery::kLatest);
  int first = 0;
  int second = 0;
  CHECK(f.sink->Done(5, &first) == kSuccess);
  CHECK(f.sink->Done(6, &second) == kSuccess);
  CHECK(f.owner->dones == 1 && f.owner->done_hresult == 5 && f.owner->done_event == &first);
}

CASE("calls after Done are dropped quietly") {
  const Fixture f(Delivery::kLatest);
  f.sink->Done(0, nullptr);
  CHECK(f.sink->Progress(u"late", 1, 1) == kSuccess);
  CHECK(f.sink->Error(0x80004005, u"late") == kSuccess);
  CHECK(f.channel->updates() == 0 && f.channel->problems() == 0);
}

CASE("a refused provider is told MAPI_E_USER_CANCEL from Progress and Error, never from Done") {
  const Fixture f(Delivery::kLatest);
  f.sink->Refuse();
  CHECK(f.sink->Progress(nullptr, 1, 1) == kUserCancel);
  CHECK(f.sink->Error(1, nullptr) == kUserCancel);
  CHECK(f.sink->Done(kUserCancel, nullptr) == kSuccess);
  CHECK(f.sink->Progress(nullptr, 1, 1) == kUserCancel);
  CHECK(f.owner->dones == 1);
  CHECK(f.channel->updates() == 0);
}

CASE("a run that has gone is not called any more") {
  Fixture f(Delivery::kLatest);
  f.owner.reset();
  CHECK(f.sink->Done(0, nullptr) == kSuccess);
  f.sink->Unreferenced();
}

CASE("a provider that is held is let go by a cancel, with MAPI_E_USER_CANCEL") {
  const Fixture f(Delivery::kEvery);
  f.Fill();
  std::atomic<std::uint32_t> answer{1};
  std::thread provider([&f, &answer] {
    // Room for the first; held with one of the next.
    std::uint32_t result = kSuccess;
    while (result == kSuccess) result = f.sink->Progress(u"x", 1, 2);
    answer = result;
  });
  while (!f.channel->activity().held) std::this_thread::yield();
  f.sink->Refuse();
  f.channel->CloseForProvider();
  provider.join();
  CHECK(answer == kUserCancel);
}

CASE("a provider that is held for too long is told to stop, and the run hears of it") {
  const Fixture f(Delivery::kEvery, 1);
  f.Fill();
  std::uint32_t result = kSuccess;
  for (int count = 0; count < 100 && result == kSuccess; ++count) result = f.sink->Progress(u"x", 1, 2);
  CHECK(result == kUserCancel);
  CHECK(f.owner->stalls == 1);
  CHECK(f.sink->Progress(u"x", 1, 2) == kUserCancel);
}

CASE("the reader's and the session's threads are never held") {
  for (const EventChannel::ThreadId thread : kNeverHeld) {
    const Fixture f(Delivery::kEvery);
    f.Fill();
    this_thread = thread;
    for (int count = 0; count < 1000; ++count) CHECK(f.sink->Progress(u"x", 1, 2) == kSuccess);
    this_thread = 1;
  }
}

CASE("fifty threads, a Done and a cancel at once: one Done, and every call is answered") {
  for (int round = 0; round < 6; ++round) {
    const Fixture f(Delivery::kLatest);
    std::atomic<int> strange{0};
    std::vector<std::thread> threads;
    for (int number = 0; number < 50; ++number) {
      threads.emplace_back([&f, &strange, number] {
        for (std::uint32_t count = 0; count < 50; ++count) {
          const std::uint32_t answer =
              count % 7 == 0 ? f.sink->Error(1, u"problem") : f.sink->Progress(u"folder", count, 50);
          if (answer != kSuccess && answer != kUserCancel) ++strange;
          if (number % 10 == 0 && count == 25) f.sink->Done(0, nullptr);
        }
      });
    }
    if (round % 2 == 0) {
      f.sink->Refuse();
      f.channel->CloseForProvider();
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(strange == 0);
    CHECK(f.owner->dones == 1);
  }
}

}  // namespace
}  // namespace mapisync

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
