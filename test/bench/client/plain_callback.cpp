#include "plain_callback.h"

namespace bench {

namespace {

std::u16string Copy(const WCHAR* text) {
  return text == nullptr ? std::u16string() : std::u16string(reinterpret_cast<const char16_t*>(text));
}

}  // namespace

HRESULT PlainCallback::Progress(const WCHAR* text, ULONG index, ULONG max) noexcept {
  return Send(new Note{Note::Kind::kProgress, Copy(text), index, max});
}

HRESULT PlainCallback::Error(HRESULT result, const WCHAR* text) noexcept {
  return Send(new Note{Note::Kind::kProblem, Copy(text), static_cast<std::uint32_t>(result), 0});
}

HRESULT PlainCallback::Send(Note* note) noexcept {
  if (napi_call_threadsafe_function(function(), note, napi_tsfn_nonblocking) != napi_ok) delete note;
  return S_OK;
}

}  // namespace bench
