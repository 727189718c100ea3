#include "sample/script/callback_questions.h"

#include "sample/mapi/com_object.h"
#include "windows/com_ptr.h"

namespace mapisync::sample {
namespace {

// What a callback may or may not have: COM's own first, then MAPI's, then nobody's.
constexpr GUID kQuestions[] = {
    {0x00000003, 0x0000, 0x0000, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}},                    // IMarshal
    {0x0000001B, 0x0000, 0x0000, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}},                    // IIdentityUnmarshal
    {0x00020400, 0x0000, 0x0000, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}},                    // IDispatch
    {0x94EA2B94, 0xE9CC, 0x49E0, {0xC0, 0xFF, 0xEE, 0x64, 0xCA, 0x8F, 0x5B, 0x90}},  // IAgileObject
    {0xECC8691B, 0xC1DB, 0x4DC0, {0x85, 0x5E, 0x65, 0xF6, 0xC5, 0x51, 0xAF, 0x49}},  // INoMarshal
    {0xB196B283, 0xBAB4, 0x101A, {0xB6, 0x9C, 0x00, 0xAA, 0x00, 0x34, 0x1D, 0x07}},  // IProvideClassInfo
    mapi::IID_IMAPISync,
    mapi::IID_IMAPIAdviseSink,
    mapi::IID_IMAPIProp,
    mapi::IID_IMAPISession,
    {0x9F3B1C0A, 0x5D27, 0x4E61, {0x8B, 0x10, 0x6A, 0x2C, 0x91, 0xD4, 0x7E, 0x05}},  // nobody's
};

}  // namespace

const wchar_t* FindWrongAnswer(mapi::IMAPISyncProgressCallback* callback) {
  for (const GUID& iid : kQuestions) {
    int nothing = 0;
    void* answer = &nothing;
    const HRESULT result = callback->QueryInterface(iid, &answer);
    if (FAILED(result) && answer != nullptr) return L"QueryInterface failed and left a pointer";
    if (SUCCEEDED(result) && answer == nullptr) return L"QueryInterface succeeded without a pointer";
    if (SUCCEEDED(result)) static_cast<::IUnknown*>(answer)->Release();
  }
  if (callback->QueryInterface(kIidUnknown, nullptr) != E_POINTER) return L"QueryInterface took NULL for a place";

  void* unknown = nullptr;
  if (FAILED(callback->QueryInterface(kIidUnknown, &unknown))) return L"QueryInterface has no IUnknown";
  const auto identity = ComPtr<::IUnknown>::Adopt(static_cast<::IUnknown*>(unknown));
  void* again = nullptr;
  if (FAILED(identity->QueryInterface(mapi::IID_IMAPISyncProgressCallback, &again))) {
    return L"the callback's IUnknown does not lead back to it";
  }
  static_cast<::IUnknown*>(again)->Release();
  return nullptr;
}

}  // namespace mapisync::sample
