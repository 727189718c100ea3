// The engine's values as JavaScript's, and back.
#pragma once

#include <napi.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/failure.h"
#include "engine/session.h"
#include "engine/store.h"

namespace mapisync {

// A Value, not a String: Object::Set takes a Napi::String for a std::string and copies it through UTF-8, which costs
// time and every lone surrogate.
Napi::Value ToJs(Napi::Env env, const std::u16string& text);
Napi::Value ToJs(Napi::Env env, const std::optional<std::u16string>& text);  // null where there is none
Napi::Value ToJs(Napi::Env env, const StoreRow& row);
Napi::Value ToJs(Napi::Env env, const ProfileRow& row);
// An Error with the properties of binding.ts's NativeFailure.
Napi::Value ToJs(Napi::Env env, const Failure& failure);

template <typename T>
Napi::Value ToJs(Napi::Env env, const std::vector<T>& list) {
  Napi::Array array = Napi::Array::New(env, list.size());
  for (std::uint32_t i = 0; i < list.size(); ++i) array.Set(i, ToJs(env, list[i]));
  return array;
}

// null is none.
std::optional<std::u16string> TextFromJs(const Napi::Value& value);

}  // namespace mapisync
