#include "sample/mapi/read_only_properties.h"

#include <cstddef>

#include "sample/mapi/mapi_memory.h"

namespace mapisync::sample {
namespace {

// An array with room for `count` problems, each MAPI_E_COMPUTED; null when memory is out.
mapi::SPropProblemArray* NewProblems(ULONG count) {
  auto* array = static_cast<mapi::SPropProblemArray*>(
      AllocateMapiBuffer(sizeof(mapi::SPropProblemArray) + std::size_t{count} * sizeof(mapi::SPropProblem)));
  if (array == nullptr) return nullptr;
  array->cProblem = count;
  for (ULONG i = 0; i < count; ++i) array->aProblem[i] = {i, 0, mapi::MAPI_E_COMPUTED};
  return array;
}

}  // namespace

HRESULT RefuseSetProps(ULONG count, const mapi::SPropValue* values, mapi::SPropProblemArray** problems) noexcept {
  if (problems != nullptr) *problems = nullptr;
  if (count == 0 || values == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  if (problems == nullptr) return S_OK;
  *problems = NewProblems(count);
  if (*problems == nullptr) return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  for (ULONG i = 0; i < count; ++i) (*problems)->aProblem[i].ulPropTag = values[i].ulPropTag;
  return S_OK;
}

HRESULT RefuseDeleteProps(const mapi::SPropTagArray* tags, mapi::SPropProblemArray** problems) noexcept {
  if (problems != nullptr) *problems = nullptr;
  if (tags == nullptr || tags->cValues == 0) return mapi::MAPI_E_INVALID_PARAMETER;
  if (problems == nullptr) return S_OK;
  *problems = NewProblems(tags->cValues);
  if (*problems == nullptr) return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  for (ULONG i = 0; i < tags->cValues; ++i) (*problems)->aProblem[i].ulPropTag = tags->aulPropTag[i];
  return S_OK;
}

}  // namespace mapisync::sample
