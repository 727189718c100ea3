#pragma once

namespace mapisync::sample {

// Stands at the beginning of each function that a client can call. A client that has shut MAPI down with
// IMAPIClientShutdown::DoFastShutdown must make no further call; those that it makes are counted. What the sample calls
// itself, from inside such a function or on a thread of its own, is not counted.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/best-practices-for-fast-shutdown
class ClientCall {
 public:
  ClientCall() noexcept;
  ~ClientCall();
  ClientCall(const ClientCall&) = delete;
  ClientCall& operator=(const ClientCall&) = delete;
};

}  // namespace mapisync::sample
