// The host's server, with an engine that the test plays and streams in memory.
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "check.h"
#include "engine/engine.h"
#include "events/event_channel.h"
#include "host/byte_stream.h"
#include "host/server.h"
#include "wire/frame_reader.h"
#include "wire/frame_splitter.h"
#include "wire/frame_writer.h"

namespace mapisync {
namespace {

// A stream of bytes from one thread to another.
class MemoryPipe final : public ByteSource, public ByteSink {
 public:
  bool Write(std::span<const std::uint8_t> bytes) override {
    const std::lock_guard lock(mutex_);
    if (closed_) return false;
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    changed_.notify_all();
    return true;
  }

  std::size_t Read(std::span<std::uint8_t> buffer) override {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || !bytes_.empty(); });
    const std::size_t count = std::min(buffer.size(), bytes_.size());
    std::copy_n(bytes_.begin(), count, buffer.begin());
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(count));
    return count;
  }

  void Close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::uint8_t> bytes_;
  bool closed_ = false;
};

class PlayedRun final : public Run {
 public:
  PlayedRun(const SyncRequest& its_request, std::shared_ptr<EventReader> reader)
      : request(its_request), channel({.delivery = its_request.delivery}, std::move(reader)) {
    channel.Start(request.flags);
  }

  void End(EndReason reason, std::uint32_t hresult) {
    ended_ = true;
    channel.End(static_cast<std::uint32_t>(reason), hresult, 0, u"");
  }

  std::size_t Take(std::size_t max_events, EventBatch* batch) override { return channel.Take(max_events, batch); }
  void CloseForReader() override {
    closed_for_reader = true;
    channel.CloseForReader();
  }
  void Cancel() override {
    if (!ended_) End(EndReason::kCancelled, 0);
  }
  bool ended() const override { return ended_; }
  std::optional<std::uint32_t> done() const override { return 0x40680; }
  RunCounts counts() const override { return {channel.updates(), channel.problems(), 0, channel.bytes_in_use()}; }
  void WhenReturned(std::function<void(std::optional<std::uint32_t>)> answer) override { returned = answer; }
  void WhenLetGo(std::uint32_t grace_ms, std::function<void(bool)> answer) override { answer(grace_ms != 0); }

  const SyncRequest request;
  EventChannel channel;
  std::atomic<bool> closed_for_reader{false};
  std::function<void(std::optional<std::uint32_t>)> returned;

 private:
  std::atomic<bool> ended_{false};
};

class PlayedStore final : public Store {
 public:
  const StoreRow& row() const override { return row_; }
  bool can_synchronize() const override { return true; }
  std::shared_ptr<Run> Synchronize(const SyncRequest& request, std::shared_ptr<EventReader> reader) override {
    auto run = std::make_shared<PlayedRun>(request, std::move(reader));
    const std::lock_guard lock(mutex_);
    runs_.push_back(run);
    return run;
  }
  void Close(std::uint32_t grace_ms, std::function<void(bool)> answer) override {
    closed = true;
    answer(grace_ms != 0);
  }

  std::shared_ptr<PlayedRun> LastRun() {
    const std::lock_guard lock(mutex_);
    return runs_.empty() ? nullptr : runs_.back();
  }

  std::atomic<bool> closed{false};

 private:
  StoreRow row_{{1, 2}, u"Store", true, {}, u"Provider"};
  std::mutex mutex_;
  std::vector<std::shared_ptr<PlayedRun>> runs_;
};

class PlayedSession final : public Session {
 public:
  const SessionInfo& info() const override { return info_; }
  std::shared_ptr<Request> ListStores(Reply<std::vector<StoreRow>> reply) override {
    auto request = std::make_shared<PendingReply<std::vector<StoreRow>>>(std::move(reply));
    listing = request;
    if (stores) request->Deliver(*stores);
    return request;
  }
  std::shared_ptr<Request> OpenStore(std::vector<std::uint8_t> entry_id, Reply<std::shared_ptr<Store>> reply) override {
    auto request = std::make_shared<PendingReply<std::shared_ptr<Store>>>(std::move(reply));
    if (entry_id.empty()) {
      opening = request;
    } else {
      request->Deliver(std::shared_ptr<Store>(store));
    }
    return request;
  }
  void Close(std::uint32_t grace_ms, std::function<void(CloseReport)> answer) override {
    close_graces.push_back(grace_ms);
    if (const auto run = store->LastRun()) run->Cancel();
    answer({3});
  }
  void Leave() override {}

  // What it answers with; nothing: it does not answer.
  std::optional<std::vector<StoreRow>> stores;
  std::shared_ptr<PlayedStore> store = std::make_shared<PlayedStore>();
  std::shared_ptr<PendingReply<std::vector<StoreRow>>> listing;
  std::shared_ptr<PendingReply<std::shared_ptr<Store>>> opening;
  std::vector<std::uint32_t> close_graces;

 private:
  SessionInfo info_{u"Profile", u"C:\\mapi.dll", std::nullopt, 64, "the path"};
};

class PlayedEngine final : public Engine {
 public:
  std::shared_ptr<Request> ListProfiles(const ListProfilesOptions& options,
                                        Reply<std::vector<ProfileRow>> reply) override {
    auto request = std::make_shared<PendingReply<std::vector<ProfileRow>>>(std::move(reply));
    if (options.mapi_path) {
      request->Fail({"LoadLibraryExW", 0x8007007E, u"missing", "MAPI_NOT_INSTALLED"});
    } else {
      request->Deliver(std::vector<ProfileRow>{{u"A", true}, {u"B", false}});
    }
    return request;
  }
  std::shared_ptr<Request> LogOn(const LogOnOptions& options, Reply<std::shared_ptr<Session>> reply) override {
    log_on = options;
    auto request = std::make_shared<PendingReply<std::shared_ptr<Session>>>(std::move(reply));
    logging_on = request;
    if (!holds_log_on) request->Deliver(std::shared_ptr<Session>(session));
    return request;
  }
  void LeaveAll(std::uint32_t deadline_ms) override { left_with_ms = deadline_ms; }

  bool holds_log_on = false;
  LogOnOptions log_on;
  std::shared_ptr<PendingReply<std::shared_ptr<Session>>> logging_on;
  std::shared_ptr<PlayedSession> session = std::make_shared<PlayedSession>();
  std::uint32_t left_with_ms = 0;
};

constexpr std::uint32_t kMuch = 1 << 20;

// A program that talks to a server, whose threads run until the program has gone.
class Program {
 public:
  explicit Program(bool greets = true) {
    reader_ = std::thread([this] {
      refusal_ = server_->Read(to_host_);
      server_->End();
    });
    writer_ = std::thread([this] { server_->Write(to_program_); });
    if (greets) {
      Send(wire::Hello{wire::kProtocol, 64, u"1.2.3"});
      const auto hello = Expect<wire::Hello>();
      CHECK(hello.bits == 32 && hello.version == u"1.2.3");
    }
  }
  ~Program() { Leave(); }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  template <typename Message>
  void Send(const Message& message) {
    to_host_.Write(wire::Encode(message));
  }
  void SendBytes(std::span<const std::uint8_t> bytes) { to_host_.Write(bytes); }

  // Waits for the next message.
  wire::ToProgram Next() {
    std::vector<std::uint8_t> buffer(4096);
    while (true) {
      if (const auto frame = splitter_.Next()) {
        const auto decoded = wire::DecodeToProgram(*frame);
        if (const auto* const fault = std::get_if<wire::MalformedFrame>(&decoded)) {
          check::Fail(__FILE__, __LINE__, fault->ToText());
        }
        return std::get<wire::ToProgram>(decoded);
      }
      CHECK(!splitter_.fault());
      const std::size_t count = to_program_.Read(buffer);
      CHECK_SAY(count != 0, "the host has gone");
      splitter_.Add(std::span(buffer).first(count));
    }
  }

  template <typename Message>
  Message Expect() {
    wire::ToProgram message = Next();
    CHECK_SAY(std::holds_alternative<Message>(message), std::string("not a ") + Message::kName);
    return std::get<Message>(std::move(message));
  }

  // The program goes. Why its last frame was refused, or nothing.
  std::string Leave() {
    to_host_.Close();
    return WaitForEnd();
  }
  std::string WaitForEnd() {
    if (reader_.joinable()) reader_.join();
    if (writer_.joinable()) writer_.join();
    return refusal_;
  }

  void LogOn() {
    Send(wire::LogOn{1, std::nullopt, u"P", false, false, true, false});
    Expect<wire::LoggedOn>();
  }
  std::uint32_t OpenStore() {
    Send(wire::OpenStore{2, {1}});
    return Expect<wire::StoreOpened>().store;
  }
  std::shared_ptr<PlayedRun> Synchronize(std::uint32_t run, bool every) {
    LogOn();
    Send(wire::Synchronize{run, OpenStore(), 0xC3, every, 1, 2, 3});
    // Its answer says that what was sent before has been handled.
    Send(wire::ListProfiles{99, std::nullopt});
    Expect<wire::Profiles>();
    return engine.session->store->LastRun();
  }
  // What was sent before has been handled, and what the writer had to write has been written, when this returns.
  void Settle() {
    Send(wire::ListProfiles{98, std::nullopt});
    Expect<wire::Profiles>();
  }

  PlayedEngine engine;

 private:
  MemoryPipe to_host_;
  MemoryPipe to_program_;
  wire::FrameSplitter splitter_;
  std::shared_ptr<Server> server_ = std::make_shared<Server>(engine, wire::Hello{wire::kProtocol, 32, u"1.2.3"});
  std::thread reader_;
  std::thread writer_;
  std::string refusal_;
};

std::uint32_t KindOf(const Event& event) { return event.kind_and_flags & 0xFF; }

CASE("profiles are listed, and a failure arrives whole") {
  Program program;
  program.Send(wire::ListProfiles{5, std::nullopt});
  const auto profiles = program.Expect<wire::Profiles>();
  CHECK(profiles.id == 5 && profiles.rows.size() == 2 && profiles.rows[0].name == u"A" && profiles.rows[0].is_default);
  program.Send(wire::ListProfiles{6, u"C:\\m"});
  const auto failed = program.Expect<wire::Failed>();
  CHECK(failed.id == 6 && failed.operation == u"LoadLibraryExW" && failed.hresult == 0x8007007E);
  CHECK(failed.detail == u"missing" && failed.symbol == u"MAPI_NOT_INSTALLED");
  CHECK(program.Leave().empty());
}

CASE("a log-on passes its options and brings what the session says of itself") {
  Program program;
  program.Send(wire::LogOn{7, u"C:\\m", u"P", true, false, true, false});
  const auto logged_on = program.Expect<wire::LoggedOn>();
  CHECK(logged_on.id == 7 && logged_on.profile == u"Profile" && logged_on.mapi_path == u"C:\\mapi.dll");
  CHECK(!logged_on.mapi_version && logged_on.found_by == u"the path");
  const LogOnOptions& given = program.engine.log_on;
  CHECK(given.mapi_path == u"C:\\m" && given.profile == u"P" && given.ui && !given.join && given.transports);
  CHECK(!given.service);
}

CASE("stores are listed, opened and closed, and the session is closed") {
  Program program;
  program.engine.session->stores = {{{1}, u"One", true, {2}, std::nullopt}};
  program.LogOn();
  program.Send(wire::ListStores{3});
  const auto stores = program.Expect<wire::Stores>();
  CHECK(stores.rows.size() == 1 && stores.rows[0].display_name == u"One" && !stores.rows[0].provider_name);
  const std::uint32_t store = program.OpenStore();
  program.Send(wire::CloseStore{4, store, 1});
  CHECK(program.Expect<wire::StoreClosed>().let_go);
  program.Send(wire::ReleaseStore{store});
  program.Send(wire::CloseSession{5, 77});
  CHECK(program.Expect<wire::SessionClosed>().abandoned == 3);
  CHECK(program.Leave().empty());
  // Not closed once more at the end.
  CHECK(program.engine.session->close_graces == std::vector<std::uint32_t>{77});
  CHECK(program.engine.left_with_ms != 0);
}

CASE("a list that no frame can carry is answered with a failure") {
  Program program;
  const StoreRow large{{1}, std::u16string(60000, u'x'), false, {}, std::nullopt};
  program.engine.session->stores = std::vector<StoreRow>(40, large);
  program.LogOn();
  program.Send(wire::ListStores{3});
  const auto failed = program.Expect<wire::Failed>();
  CHECK(failed.id == 3 && failed.operation == u"IMAPISession::GetMsgStoresTable" && failed.hresult == 0x80040305);
}

CASE("a name that is too long for the wire is cut") {
  Program program;
  program.engine.session->stores = {{{1}, std::u16string(70000, u'x'), false, {}, std::nullopt}};
  program.LogOn();
  program.Send(wire::ListStores{3});
  const std::u16string name = program.Expect<wire::Stores>().rows.at(0).display_name;
  CHECK(name.size() == 65536 && name.back() == u'\u2026');
}

CASE("an abandoned request is answered once, and what it would have brought is released") {
  Program program;
  program.LogOn();
  program.Send(wire::OpenStore{3, {}});
  program.Send(wire::Abandon{3});
  CHECK(program.Expect<wire::Abandoned>().id == 3);
  program.engine.session->opening->Deliver(std::shared_ptr<Store>(program.engine.session->store));
  // Its number is free, and an abandon that comes too late is ignored.
  program.Send(wire::ListProfiles{3, std::nullopt});
  CHECK(program.Expect<wire::Profiles>().id == 3);
  program.Send(wire::Abandon{3});
  program.Settle();
  CHECK(program.Leave().empty());
}

CASE("without credit nothing is taken, and an end is said all the same") {
  Program program;
  const auto run = program.Synchronize(9, true);
  CHECK(run->request.flags == 0xC3 && run->request.delivery == Delivery::kEvery);
  CHECK(run->request.timeout_ms == 1 && run->request.stall_ms == 2 && run->request.hold_ms == 3);
  run->channel.Progress(u"text", 1, 2);
  run->channel.Problem(0x80040115, nullptr);
  program.Settle();
  run->End(EndReason::kDone, 0);
  const auto ended = program.Expect<wire::Ended>();
  CHECK(ended.run == 9 && ended.counts.updates == 1 && ended.counts.problems == 1);
  CHECK(ended.counts.done == 0x40680U && ended.counts.bytes_in_use != 0);
  program.Send(wire::Credit{9, 3, kMuch});
  const auto first = program.Expect<wire::Events>();
  CHECK(first.batch.events.size() == 3 && KindOf(first.batch.events[0]) == 1 && first.batch.texts.at(0) == u"text");
  program.Send(wire::Credit{9, 3, kMuch});
  const auto last = program.Expect<wire::Events>();
  CHECK(last.batch.events.size() == 1 && KindOf(last.batch.events[0]) == 5 && last.counts.bytes_in_use < 1000);
  // More credit than there are events means nothing after the end.
  program.Send(wire::Credit{9, 3, kMuch});
  program.Send(wire::ReleaseRun{9});
  program.Settle();
  CHECK(program.Leave().empty());
}

CASE("a credit bounds the bytes of a frame, but one event always fits") {
  Program program;
  const auto run = program.Synchronize(9, true);
  const std::u16string text(100, u'x');
  for (std::uint32_t i = 0; i < 5; ++i) run->channel.Problem(i, text.c_str());
  program.Send(wire::Credit{9, 100, 24 + 2 * (24 + 200)});
  CHECK(program.Expect<wire::Events>().batch.events.size() == 3);
  program.Send(wire::Credit{9, 100, 0});
  CHECK(program.Expect<wire::Events>().batch.events.size() == 1);
  program.Send(wire::Credit{9, 100, kMuch});
  const auto rest = program.Expect<wire::Events>();
  CHECK(rest.batch.events.size() == 2 && rest.batch.events[1].a == 4 && rest.batch.texts[1] == text);
}

CASE("under 'latest' what comes without credit replaces what was there") {
  Program program;
  const auto run = program.Synchronize(9, false);
  program.Send(wire::Credit{9, 1000, kMuch});
  CHECK(program.Expect<wire::Events>().batch.events.size() == 1);
  for (std::uint32_t i = 0; i < 100000; ++i) run->channel.Progress(u"text", i, 100000);
  program.Settle();
  program.Send(wire::Credit{9, 1000, kMuch});
  const auto events = program.Expect<wire::Events>();
  CHECK(events.batch.events.size() == 1 && events.batch.events[0].a == 99999);
  CHECK(events.counts.updates == 100000);
}

CASE("under 'every' a provider is held until there is credit, and nothing is lost") {
  Program program;
  const auto run = program.Synchronize(9, true);
  constexpr std::uint32_t kEvents = 200000;
  std::thread provider([&run] {
    for (std::uint32_t i = 0; i < kEvents; ++i) run->channel.Progress(u"text", i, kEvents);
    run->End(EndReason::kDone, 0);
  });
  std::uint32_t next = 0;
  bool has_ended = false;
  bool is_over = false;
  while (!is_over) {
    program.Send(wire::Credit{9, 4096, 262144});
    wire::ToProgram message = program.Next();
    if (std::holds_alternative<wire::Ended>(message)) {
      has_ended = true;
      message = program.Next();
    }
    const EventBatch batch = std::get<wire::Events>(message).batch;
    CHECK(batch.events.size() <= 4096);
    for (const Event& event : batch.events) {
      if (KindOf(event) == 2) CHECK(event.a == next++);
      is_over = KindOf(event) == 5;
    }
  }
  provider.join();
  CHECK(next == kEvents && has_ended);
}

CASE("runs are cancelled, asked about and released") {
  Program program;
  const auto run = program.Synchronize(9, true);
  program.Send(wire::WhenReturned{10, 9});
  program.Send(wire::WhenLetGo{11, 9, 5});
  CHECK(program.Expect<wire::LetGo>().let_go);
  std::exchange(run->returned, nullptr)(0x8004010F);
  CHECK(program.Expect<wire::Returned>().hresult == 0x8004010F);
  program.Send(wire::Cancel{9});
  CHECK(program.Expect<wire::Ended>().run == 9);
  program.Send(wire::ReleaseRun{9});
  program.Settle();
  CHECK(run->closed_for_reader);
}

CASE("when the program goes, runs are let go, the session is closed and MAPI is left") {
  Program program;
  const auto run = program.Synchronize(9, true);
  program.Send(wire::ListStores{50});
  CHECK(program.Leave().empty());
  CHECK(run->closed_for_reader && run->ended());
  CHECK(program.engine.session->close_graces == std::vector<std::uint32_t>{Server::kRunGraceMs});
  CHECK(program.engine.left_with_ms > 0 && program.engine.left_with_ms <= Server::kEndLimitMs);
  CHECK(!program.engine.session->listing->wanted());
}

CASE("a log-on that succeeds after the program has gone is closed") {
  Program program;
  program.engine.holds_log_on = true;
  program.Send(wire::LogOn{});
  program.Settle();
  program.Leave();
  CHECK(!program.engine.logging_on->wanted());
}

template <typename... Messages>
std::string RefusalOf(const Messages&... messages) {
  Program program(false);
  (program.Send(messages), ...);
  return program.WaitForEnd();
}

const wire::Hello kHello{wire::kProtocol, 64, u"1.2.3"};

CASE("a program of another version is refused by name") {
  CHECK(RefusalOf(wire::Hello{wire::kProtocol, 64, u"1.2.4"}) ==
        "frame 'hello': the program is of mapisync 1.2.4 with protocol 1, this host is of mapisync 1.2.3 with protocol "
        "1");
  CHECK(RefusalOf(wire::Hello{2, 64, u"1.2.3"}).find("protocol 2") != std::string::npos);
}

CASE("what makes no sense is refused") {
  CHECK(RefusalOf(wire::ListStores{1}) == "frame 'list stores': the first frame must be 'hello'");
  CHECK(RefusalOf(kHello, kHello) == "frame 'hello': it was sent before");
  CHECK(RefusalOf(kHello, wire::ListStores{1}) == "frame 'list stores': there is no session");
  CHECK(RefusalOf(kHello, wire::OpenStore{1, {}}) == "frame 'open store': there is no session");
  CHECK(RefusalOf(kHello, wire::CloseSession{1, 1}) == "frame 'close session': there is no session");
  CHECK(RefusalOf(kHello, wire::LogOn{}, wire::LogOn{}) == "frame 'log on': there was a log-on before");
  CHECK(RefusalOf(kHello, wire::CloseStore{1, 5, 1}) == "frame 'close store': the store 5 is unknown");
  CHECK(RefusalOf(kHello, wire::ReleaseStore{5}) == "frame 'release store': the store 5 is unknown");
  CHECK(RefusalOf(kHello, wire::Synchronize{}) == "frame 'synchronize': the store 0 is unknown");
  CHECK(RefusalOf(kHello, wire::Credit{7, 1, 1}) == "frame 'credit': the run 7 is unknown");
  CHECK(RefusalOf(kHello, wire::Cancel{7}) == "frame 'cancel': the run 7 is unknown");
  CHECK(RefusalOf(kHello, wire::WhenReturned{1, 7}) == "frame 'when returned': the run 7 is unknown");
  CHECK(RefusalOf(kHello, wire::WhenLetGo{1, 7, 1}) == "frame 'when let go': the run 7 is unknown");
  CHECK(RefusalOf(kHello, wire::ReleaseRun{7}) == "frame 'release run': the run 7 is unknown");
}

CASE("a number that is in use is refused") {
  Program program;
  program.LogOn();
  program.Send(wire::ListStores{3});
  program.Send(wire::ListStores{3});
  CHECK(program.WaitForEnd() == "frame 'list stores': the request 3 is open already");
  Program other;
  other.Synchronize(9, true);
  other.Send(wire::Synchronize{9, 1, 0, true, 0, 0, 0});
  CHECK(other.WaitForEnd() == "frame 'synchronize': the run 9 is there already");
}

CASE("malformed bytes are refused with their place") {
  Program program;
  const std::vector<std::uint8_t> unknown = {1, 0, 0, 0, 200};
  program.SendBytes(unknown);
  CHECK(program.WaitForEnd() == "frame 'frame', offset 4: the kind 200 is unknown");
  Program half;
  half.SendBytes(std::span(unknown).first(3));
  CHECK(half.Leave() == "frame 'frame', offset 3: the stream ends inside the frame");
}

}  // namespace
}  // namespace mapisync

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
