#include "addon/value_conversion.h"

namespace mapisync {

namespace {

std::string UpperCaseHex(const std::vector<std::uint8_t>& bytes) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 0xF];
  }
  return hex;
}

}  // namespace

Napi::Value ToJs(Napi::Env env, const std::u16string& text) { return Napi::String::New(env, text.data(), text.size()); }

Napi::Value ToJs(Napi::Env env, const std::optional<std::u16string>& text) {
  return text ? ToJs(env, *text) : env.Null();
}

Napi::Value ToJs(Napi::Env env, const StoreRow& row) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("entryId", UpperCaseHex(row.entry_id));
  object.Set("displayName", ToJs(env, row.display_name));
  object.Set("isDefault", row.is_default);
  object.Set("providerUid", UpperCaseHex(row.provider_uid));
  object.Set("providerName", ToJs(env, row.provider_name));
  return object;
}

Napi::Value ToJs(Napi::Env env, const ProfileRow& row) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("name", ToJs(env, row.name));
  object.Set("isDefault", row.is_default);
  return object;
}

Napi::Value ToJs(Napi::Env env, const Failure& failure) {
  auto error = Napi::Error::New(env, failure.operation).Value().As<Napi::Object>();
  error.Set("operation", failure.operation);
  error.Set("hresult", static_cast<double>(failure.hresult));
  error.Set("detail", failure.detail.empty() ? env.Null() : ToJs(env, failure.detail));
  error.Set("symbol", failure.symbol.empty() ? env.Null() : Napi::Value(Napi::String::New(env, failure.symbol)));
  return error;
}

std::optional<std::u16string> TextFromJs(const Napi::Value& value) {
  if (value.IsNull()) return std::nullopt;
  return value.As<Napi::String>().Utf16Value();
}

}  // namespace mapisync
