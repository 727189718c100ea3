#include "host/server.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <variant>

#include "engine/failure.h"
#include "host/rows_on_wire.h"
#include "text/utf8.h"
#include "wire/frame_reader.h"
#include "wire/frame_splitter.h"
#include "wire/frame_writer.h"

namespace mapisync {

namespace {

constexpr std::size_t kReadBytes = 65536;
// MAPI_E_TOO_BIG: an answer that no frame can carry.
constexpr std::uint32_t kTooBig = 0x80040305;

bool Fits(const StoreRow& row) {
  return row.entry_id.size() <= wire::kMaxDataBytes && row.provider_uid.size() <= wire::kMaxDataBytes;
}

Failure TooBig(const char* operation) { return {operation, kTooBig, u"", ""}; }

bool Fits(const ProfileRow&) { return true; }

// The frame that lists the rows, or one that says that the list of `operation` is too long for a frame.
template <typename List, typename Row>
Outbox::Frame ListFrame(std::uint32_t id, const std::vector<Row>& rows, const char* operation) {
  if (rows.size() <= wire::kMaxItems && std::ranges::all_of(rows, [](const Row& row) { return Fits(row); })) {
    List list;
    list.id = id;
    list.rows.reserve(rows.size());
    for (const Row& row : rows) list.rows.push_back(OnWire(row));
    Outbox::Frame frame = wire::Encode(list);
    if (frame.size() <= wire::kLengthBytes + wire::kMaxFrameBytes) return frame;
  }
  return wire::Encode(OnWire(id, TooBig(operation)));
}

std::string Named(const wire::Hello& hello) {
  return "mapisync " + ToUtf8(hello.version) + " with protocol " + std::to_string(hello.protocol);
}

std::string IdInUse(std::uint32_t id) { return "the request " + std::to_string(id) + " is open already"; }
std::string NoStore(std::uint32_t id) { return "the store " + std::to_string(id) + " is unknown"; }
std::string NoRun(std::uint32_t id) { return "the run " + std::to_string(id) + " is unknown"; }
constexpr const char* kNoSession = "there is no session";

}  // namespace

std::string Server::Read(ByteSource& source) {
  outbox_->Post(wire::Encode(hello_));
  std::vector<std::uint8_t> buffer(kReadBytes);
  wire::FrameSplitter splitter;
  while (const std::size_t count = source.Read(buffer)) {
    splitter.Add(std::span(buffer).first(count));
    while (const auto frame = splitter.Next()) {
      std::string refusal = HandleFrame(*frame);
      if (!refusal.empty()) return refusal;
    }
    if (splitter.fault()) return splitter.fault()->ToText();
  }
  splitter.Finish();
  return splitter.fault() ? splitter.fault()->ToText() : "";
}

void Server::Write(ByteSink& sink) {
  bool sent_events = false;
  while (true) {
    const Outbox::Work work = outbox_->Take(!sent_events);
    for (const Outbox::Frame& frame : work.frames) {
      if (!sink.Write(frame)) return;
    }
    if (work.closed) return;
    // One frame of each run in turn, and what has been posted meanwhile between the rounds.
    sent_events = false;
    for (const auto& run : Runs()) {
      const std::optional<Outbox::Frame> frame = run->NextFrame();
      if (!frame) continue;
      if (!sink.Write(*frame)) return;
      sent_events = true;
    }
  }
}

void Server::End() {
  Requests requests;
  std::shared_ptr<Session> session;
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    requests.swap(requests_);
    if (!session_closed_) session = session_;
  }
  for (const auto& [id, request] : requests) {
    if (request) request->Abandon();
  }
  for (const auto& run : Runs()) run->run().CloseForReader();
  const auto begin = std::chrono::steady_clock::now();
  if (session) {
    session->Close(kRunGraceMs, [self = shared_from_this()](CloseReport) {
      const std::lock_guard lock(self->mutex_);
      self->session_closed_ = true;
      self->session_closed_changed_.notify_all();
    });
    std::unique_lock lock(mutex_);
    session_closed_changed_.wait_for(lock, std::chrono::milliseconds(kCloseLimitMs),
                                     [this] { return session_closed_; });
  }
  const auto passed =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin).count();
  engine_.LeaveAll(passed < kCloseLimitMs ? kEndLimitMs - static_cast<std::uint32_t>(passed)
                                          : kEndLimitMs - kCloseLimitMs);
  outbox_->Close();
}

std::string Server::HandleFrame(std::span<const std::uint8_t> frame) {
  const auto decoded = wire::DecodeToHost(frame);
  if (const auto* const fault = std::get_if<wire::MalformedFrame>(&decoded)) return fault->ToText();
  return std::visit(
      [this](const auto& message) {
        using Message = std::decay_t<decltype(message)>;
        std::string refusal;
        if (greeted_ == std::is_same_v<Message, wire::Hello>) {
          refusal = greeted_ ? "it was sent before" : "the first frame must be 'hello'";
        } else {
          refusal = Handle(message);
        }
        return refusal.empty() ? refusal : "frame '" + std::string(Message::kName) + "': " + refusal;
      },
      std::get<wire::ToHost>(decoded));
}

std::string Server::Handle(const wire::Hello& hello) {
  greeted_ = true;
  if (hello.protocol == hello_.protocol && hello.version == hello_.version) return "";
  return "the program is of " + Named(hello) + ", this host is of " + Named(hello_);
}

std::string Server::Handle(const wire::ListProfiles& request) {
  if (!Open(request.id)) return IdInUse(request.id);
  Attach(request.id,
         engine_.ListProfiles(
             {request.mapi_path},
             ReplyTo<std::vector<ProfileRow>>(request.id, [id = request.id](Server& server, const auto& rows) {
               server.Answer(id, ListFrame<wire::Profiles>(id, rows, "IProfAdmin::GetProfileTable"));
             })));
  return "";
}

std::string Server::Handle(const wire::LogOn& request) {
  if (logged_on_) return "there was a log-on before";
  if (!Open(request.id)) return IdInUse(request.id);
  logged_on_ = true;
  const LogOnOptions options{request.mapi_path, request.profile,    request.ui,
                             request.join,      request.transports, request.service};
  Attach(request.id, engine_.LogOn(options, ReplyTo<std::shared_ptr<Session>>(
                                                request.id, [id = request.id](Server& server, const auto& session) {
                                                  {
                                                    // Before the answer, which the program may follow up at once.
                                                    const std::lock_guard lock(server.mutex_);
                                                    if (!server.ending_) server.session_ = session;
                                                  }
                                                  if (server.Answer(id, wire::Encode(OnWire(id, session->info()))))
                                                    return;
                                                  session->Close(0, [](CloseReport) {});
                                                })));
  return "";
}

std::string Server::Handle(const wire::ListStores& request) {
  const auto session = this->session();
  if (!session) return kNoSession;
  if (!Open(request.id)) return IdInUse(request.id);
  Attach(request.id, session->ListStores(ReplyTo<std::vector<StoreRow>>(
                         request.id, [id = request.id](Server& server, const auto& rows) {
                           server.Answer(id, ListFrame<wire::Stores>(id, rows, "IMAPISession::GetMsgStoresTable"));
                         })));
  return "";
}

std::string Server::Handle(const wire::OpenStore& request) {
  const auto session = this->session();
  if (!session) return kNoSession;
  if (!Open(request.id)) return IdInUse(request.id);
  Attach(request.id,
         session->OpenStore(
             request.entry_id,
             ReplyTo<std::shared_ptr<Store>>(request.id, [id = request.id](Server& server, const auto& store) {
               const bool fits = Fits(store->row());
               const std::uint32_t number = fits ? server.AddStore(store) : 0;
               const bool answered = server.Answer(
                   id, fits
                           ? wire::Encode(wire::StoreOpened{id, number, OnWire(store->row()), store->can_synchronize()})
                           : wire::Encode(OnWire(id, TooBig("IMAPISession::OpenMsgStore"))));
               if (answered && fits) return;
               {
                 const std::lock_guard lock(server.mutex_);
                 server.stores_.erase(number);
               }
               store->Close(0, [](bool) {});
             })));
  return "";
}

std::string Server::Handle(const wire::CloseStore& request) {
  const auto store = FindStore(request.store);
  if (!store) return NoStore(request.store);
  if (!Open(request.id)) return IdInUse(request.id);
  store->Close(request.grace_ms, [self = shared_from_this(), id = request.id](bool let_go) {
    self->Answer(id, wire::Encode(wire::StoreClosed{id, let_go}));
  });
  return "";
}

std::string Server::Handle(const wire::ReleaseStore& release) {
  // Destroyed under no lock.
  const auto store = FindStore(release.store);
  if (!store) return NoStore(release.store);
  const std::lock_guard lock(mutex_);
  stores_.erase(release.store);
  return "";
}

std::string Server::Handle(const wire::CloseSession& request) {
  const auto session = this->session();
  if (!session) return kNoSession;
  if (!Open(request.id)) return IdInUse(request.id);
  session->Close(request.grace_ms, [self = shared_from_this(), id = request.id](CloseReport report) {
    {
      const std::lock_guard lock(self->mutex_);
      self->session_closed_ = true;
      self->session_closed_changed_.notify_all();
    }
    self->Answer(id, wire::Encode(wire::SessionClosed{id, report.abandoned}));
  });
  return "";
}

std::string Server::Handle(const wire::Synchronize& synchronize) {
  const auto store = FindStore(synchronize.store);
  if (!store) return NoStore(synchronize.store);
  if (FindRun(synchronize.run)) return "the run " + std::to_string(synchronize.run) + " is there already";
  SyncRequest request;
  request.flags = synchronize.flags;
  request.delivery = synchronize.every ? Delivery::kEvery : Delivery::kLatest;
  request.timeout_ms = synchronize.timeout_ms;
  request.stall_ms = synchronize.stall_ms;
  request.hold_ms = synchronize.hold_ms;
  const auto run = std::make_shared<HostedRun>(synchronize.run, request.delivery, outbox_);
  run->set_run(store->Synchronize(request, run));
  {
    const std::lock_guard lock(mutex_);
    runs_.emplace(synchronize.run, run);
  }
  // What was ready before the writer could see the run.
  outbox_->NotifyRuns();
  return "";
}

std::string Server::Handle(const wire::Credit& credit) {
  const auto run = FindRun(credit.run);
  if (!run) return NoRun(credit.run);
  run->AddCredit(credit);
  return "";
}

std::string Server::Handle(const wire::Cancel& cancel) {
  const auto run = FindRun(cancel.run);
  if (!run) return NoRun(cancel.run);
  run->run().Cancel();
  return "";
}

std::string Server::Handle(const wire::WhenReturned& request) {
  const auto run = FindRun(request.run);
  if (!run) return NoRun(request.run);
  if (!Open(request.id)) return IdInUse(request.id);
  run->run().WhenReturned([self = shared_from_this(), id = request.id](std::optional<std::uint32_t> hresult) {
    self->Answer(id, wire::Encode(wire::Returned{id, hresult}));
  });
  return "";
}

std::string Server::Handle(const wire::WhenLetGo& request) {
  const auto run = FindRun(request.run);
  if (!run) return NoRun(request.run);
  if (!Open(request.id)) return IdInUse(request.id);
  run->run().WhenLetGo(request.grace_ms, [self = shared_from_this(), id = request.id](bool let_go) {
    self->Answer(id, wire::Encode(wire::LetGo{id, let_go}));
  });
  return "";
}

std::string Server::Handle(const wire::ReleaseRun& release) {
  const auto run = FindRun(release.run);
  if (!run) return NoRun(release.run);
  run->run().CloseForReader();
  const std::lock_guard lock(mutex_);
  runs_.erase(release.run);
  return "";
}

std::string Server::Handle(const wire::Abandon& abandon) {
  std::shared_ptr<Request> request;
  {
    const std::lock_guard lock(mutex_);
    const auto found = requests_.find(abandon.id);
    // It crossed with the answer.
    if (found == requests_.end()) return "";
    request = std::move(found->second);
    requests_.erase(found);
  }
  if (request) request->Abandon();
  outbox_->Post(wire::Encode(wire::Abandoned{abandon.id}));
  return "";
}

bool Server::Open(std::uint32_t id) {
  const std::lock_guard lock(mutex_);
  return requests_.emplace(id, nullptr).second;
}

void Server::Attach(std::uint32_t id, std::shared_ptr<Request> request) {
  const std::lock_guard lock(mutex_);
  const auto found = requests_.find(id);
  if (found != requests_.end()) found->second = std::move(request);
}

bool Server::Finish(std::uint32_t id) {
  // Destroyed under no lock.
  std::shared_ptr<Request> request;
  const std::lock_guard lock(mutex_);
  const auto found = requests_.find(id);
  if (found == requests_.end()) return false;
  request = std::move(found->second);
  requests_.erase(found);
  return true;
}

bool Server::Answer(std::uint32_t id, Outbox::Frame frame) {
  if (!Finish(id)) return false;
  outbox_->Post(std::move(frame));
  return true;
}

template <typename T, typename Deliver>
Reply<T> Server::ReplyTo(std::uint32_t id, Deliver deliver) {
  return [self = shared_from_this(), id, deliver](Outcome<T> outcome) {
    if (const auto* const failure = std::get_if<Failure>(&outcome)) {
      self->Answer(id, wire::Encode(OnWire(id, *failure)));
    } else {
      deliver(*self, std::get<T>(outcome));
    }
  };
}

std::shared_ptr<Session> Server::session() {
  const std::lock_guard lock(mutex_);
  return session_;
}

std::shared_ptr<Store> Server::FindStore(std::uint32_t id) {
  const std::lock_guard lock(mutex_);
  const auto found = stores_.find(id);
  return found == stores_.end() ? nullptr : found->second;
}

std::shared_ptr<HostedRun> Server::FindRun(std::uint32_t id) {
  const std::lock_guard lock(mutex_);
  const auto found = runs_.find(id);
  return found == runs_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<HostedRun>> Server::Runs() {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<HostedRun>> runs;
  runs.reserve(runs_.size());
  for (const auto& [id, run] : runs_) runs.push_back(run);
  return runs;
}

std::uint32_t Server::AddStore(const std::shared_ptr<Store>& store) {
  const std::lock_guard lock(mutex_);
  stores_.emplace(++last_store_, store);
  return last_store_;
}

}  // namespace mapisync
