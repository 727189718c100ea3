// The host's side of the wire (docs/wire.md): what the program asks for becomes calls of the engine's door, and what
// the engine answers becomes frames. One session, and one program, for the life of the process.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/engine.h"
#include "host/byte_stream.h"
#include "host/hosted_run.h"
#include "host/outbox.h"
#include "wire/messages.h"

namespace mapisync {

class Server : public std::enable_shared_from_this<Server> {
 public:
  // How long the end may take in all, and how long of it providers may take to let go.
  static constexpr std::uint32_t kEndLimitMs = 4500;
  static constexpr std::uint32_t kRunGraceMs = 1500;
  static constexpr std::uint32_t kCloseLimitMs = 3000;

  // `engine` outlives everything. `hello` is what this side says of itself.
  Server(Engine& engine, wire::Hello hello)
      : engine_(engine), hello_(std::move(hello)), outbox_(std::make_shared<Outbox>()) {}

  // The reader's thread. Serves what comes until the stream ends; answers why it was refused before that, or nothing.
  std::string Read(ByteSource& source);
  // The writer's thread. Returns when nobody reads any more, or after End.
  void Write(ByteSink& sink);
  // After Read: lets the runs go, logs off and leaves MAPI, within kEndLimitMs.
  void End();

 private:
  using Requests = std::map<std::uint32_t, std::shared_ptr<Request>>;

  // Why the frame is refused, or nothing.
  std::string HandleFrame(std::span<const std::uint8_t> frame);
  std::string Handle(const wire::Hello& hello);
  std::string Handle(const wire::ListProfiles& request);
  std::string Handle(const wire::LogOn& request);
  std::string Handle(const wire::ListStores& request);
  std::string Handle(const wire::OpenStore& request);
  std::string Handle(const wire::CloseStore& request);
  std::string Handle(const wire::ReleaseStore& release);
  std::string Handle(const wire::CloseSession& request);
  std::string Handle(const wire::Synchronize& synchronize);
  std::string Handle(const wire::Credit& credit);
  std::string Handle(const wire::Cancel& cancel);
  std::string Handle(const wire::WhenReturned& request);
  std::string Handle(const wire::WhenLetGo& request);
  std::string Handle(const wire::ReleaseRun& release);
  std::string Handle(const wire::Abandon& abandon);

  // False where a request of that number is open.
  bool Open(std::uint32_t id);
  // For Abandon, unless the answer has been given already.
  void Attach(std::uint32_t id, std::shared_ptr<Request> request);
  // Any thread. False where nobody waits for the answer any more.
  bool Finish(std::uint32_t id);
  // Any thread. As Finish; posts the answer.
  bool Answer(std::uint32_t id, Outbox::Frame frame);
  // What answers a failure, and hands a success to `deliver`.
  template <typename T, typename Deliver>
  Reply<T> ReplyTo(std::uint32_t id, Deliver deliver);

  std::shared_ptr<Session> session();
  std::shared_ptr<Store> FindStore(std::uint32_t id);
  std::shared_ptr<HostedRun> FindRun(std::uint32_t id);
  std::vector<std::shared_ptr<HostedRun>> Runs();
  std::uint32_t AddStore(const std::shared_ptr<Store>& store);

  Engine& engine_;
  const wire::Hello hello_;
  const std::shared_ptr<Outbox> outbox_;

  // The reader's thread alone.
  bool greeted_ = false;
  bool logged_on_ = false;

  std::mutex mutex_;
  std::condition_variable session_closed_changed_;
  Requests requests_;
  std::shared_ptr<Session> session_;
  bool session_closed_ = false;
  bool ending_ = false;
  std::uint32_t last_store_ = 0;
  std::map<std::uint32_t, std::shared_ptr<Store>> stores_;
  std::map<std::uint32_t, std::shared_ptr<HostedRun>> runs_;
};

}  // namespace mapisync
