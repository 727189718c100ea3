// A question to the engine: the promise that its answer will settle, and the request object that can give it up.
#pragma once

#include <napi.h>

#include <functional>
#include <memory>
#include <utility>
#include <variant>

#include "engine/failure.h"
#include "engine/request.h"

namespace mapisync {

// Does a question that has not been answered keep the process alive?
enum class Process : bool { kMayEnd, kIsHeld };

// JavaScript's thread, but for what ReplyWith and CallbackWith return.
class Question {
 public:
  explicit Question(Napi::Env env, Process process = Process::kIsHeld);

  // What the engine is to call, on any thread. `convert(env, answer)` makes the promise's value on JavaScript's thread;
  // `release(answer)` is given an answer that nobody wants any more, on any thread.
  template <typename T, typename Convert, typename Release>
  Reply<T> ReplyWith(Convert convert, Release release) const {
    return [state = state_, convert, release](Outcome<T> outcome) {
      if (Failure* failure = std::get_if<Failure>(&outcome)) {
        Fail(state, std::move(*failure));
        return;
      }
      const auto answer = std::make_shared<T>(std::move(std::get<T>(outcome)));
      Answer(
          state, [answer, convert](Napi::Env env) -> Napi::Value { return convert(env, *answer); },
          [answer, release] { release(*answer); });
    };
  }

  // As above, for what cannot fail and brings nothing that would have to be released.
  template <typename T, typename Convert>
  std::function<void(T)> CallbackWith(Convert convert) const {
    return [state = state_, convert](T answer) {
      Answer(
          state, [answer, convert](Napi::Env env) -> Napi::Value { return convert(env, answer); }, [] {});
    };
  }

  Napi::Promise promise() const;
  // binding.ts's NativeRequest.
  Napi::Object ToJs(const std::shared_ptr<Request>& request) const;

 private:
  struct State;

  // Any thread.
  static void Answer(const std::shared_ptr<State>& state, std::function<Napi::Value(Napi::Env)> value,
                     std::function<void()> release);
  static void Fail(const std::shared_ptr<State>& state, Failure failure);

  std::shared_ptr<State> state_;
};

}  // namespace mapisync
