#include "sample/mapi/properties.h"

#include <algorithm>
#include <cstring>
#include <new>

#include "sample/mapi/mapi_memory.h"
#include "windows/text_encoding.h"

namespace mapisync::sample {
namespace {

using mapi::PROP_ID;
using mapi::PROP_TYPE;

// What a tag's type becomes where the caller leaves it open.
ULONG NaturalType(ULONG tag, bool unicode) {
  const ULONG type = PROP_TYPE(tag);
  return type == mapi::PT_UNICODE && !unicode ? mapi::PT_STRING8 : type;
}

HRESULT WriteError(ULONG tag, HRESULT error, mapi::SPropValue* value) {
  value->ulPropTag = mapi::CHANGE_PROP_TYPE(tag, mapi::PT_ERROR);
  value->Value.err = error;
  return mapi::MAPI_W_ERRORS_RETURNED;
}

void* CopyMore(const void* bytes, std::size_t size, void* base) {
  void* copy = AllocateMapiMore(size, base);
  if (copy != nullptr && size > 0) std::memcpy(copy, bytes, size);
  return copy;
}

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

Property NumberProperty(ULONG tag, ULONG value) { return {tag, static_cast<LONG>(value), {}, {}}; }

Property BooleanProperty(ULONG tag, bool value) { return {tag, value ? 1 : 0, {}, {}}; }

Property TextProperty(ULONG tag, std::wstring value) { return {tag, 0, std::move(value), {}}; }

Property BinaryProperty(ULONG tag, std::vector<std::uint8_t> value) { return {tag, 0, {}, std::move(value)}; }

Property ErrorProperty(ULONG tag, HRESULT error) {
  return {mapi::CHANGE_PROP_TYPE(tag, mapi::PT_ERROR), error, {}, {}};
}

Property NullProperty(ULONG tag) { return {mapi::CHANGE_PROP_TYPE(tag, mapi::PT_NULL), 0, {}, {}}; }

void PropertyList::Set(Property property) {
  for (Property& old : properties_) {
    if (PROP_ID(old.tag) == PROP_ID(property.tag)) {
      old = std::move(property);
      return;
    }
  }
  properties_.push_back(std::move(property));
}

void PropertyList::Remove(ULONG tag) {
  std::erase_if(properties_, [tag](const Property& one) { return PROP_ID(one.tag) == PROP_ID(tag); });
}

const Property* PropertyList::Find(ULONG tag) const {
  for (const Property& one : properties_) {
    if (PROP_ID(one.tag) == PROP_ID(tag)) return &one;
  }
  return nullptr;
}

std::vector<ULONG> PropertyList::Tags(bool unicode) const {
  std::vector<ULONG> tags;
  tags.reserve(properties_.size());
  for (const Property& one : properties_)
    tags.push_back(mapi::CHANGE_PROP_TYPE(one.tag, NaturalType(one.tag, unicode)));
  return tags;
}

HRESULT WriteValue(const PropertyList& properties, ULONG wanted, bool unicode, void* base, mapi::SPropValue* value) {
  std::memset(value, 0, sizeof(*value));
  const Property* property = properties.Find(wanted);
  if (property == nullptr) return WriteError(wanted, mapi::MAPI_E_NOT_FOUND, value);
  const ULONG stored = PROP_TYPE(property->tag);
  if (stored == mapi::PT_ERROR) return WriteError(wanted, property->number, value);
  if (stored == mapi::PT_NULL) {
    value->ulPropTag = mapi::PR_NULL;
    return mapi::MAPI_W_ERRORS_RETURNED;
  }
  ULONG type = PROP_TYPE(wanted);
  if (type == mapi::PT_UNSPECIFIED) type = NaturalType(property->tag, unicode);
  const bool is_text = stored == mapi::PT_UNICODE && (type == mapi::PT_UNICODE || type == mapi::PT_STRING8);
  if (type != stored && !is_text) return WriteError(wanted, mapi::MAPI_E_INVALID_TYPE, value);

  value->ulPropTag = mapi::CHANGE_PROP_TYPE(wanted, type);
  switch (type) {
    case mapi::PT_BOOLEAN:
      value->Value.b = property->number != 0 ? 1 : 0;
      return S_OK;
    case mapi::PT_BINARY:
      value->Value.bin.cb = static_cast<ULONG>(property->bytes.size());
      value->Value.bin.lpb = static_cast<BYTE*>(CopyMore(property->bytes.data(), property->bytes.size(), base));
      return value->Value.bin.lpb == nullptr ? mapi::MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
    case mapi::PT_UNICODE:
      value->Value.lpszW =
          static_cast<WCHAR*>(CopyMore(property->text.c_str(), (property->text.size() + 1) * sizeof(WCHAR), base));
      return value->Value.lpszW == nullptr ? mapi::MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
    case mapi::PT_STRING8: {
      const std::string ansi = AnsiFromWide(property->text);
      value->Value.lpszA = static_cast<CHAR*>(CopyMore(ansi.c_str(), ansi.size() + 1, base));
      return value->Value.lpszA == nullptr ? mapi::MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
    }
    default:
      value->Value.l = property->number;
      return S_OK;
  }
}

mapi::SPropTagArray* MakeTagArray(const std::vector<ULONG>& tags) {
  auto* array =
      static_cast<mapi::SPropTagArray*>(AllocateMapiBuffer(sizeof(mapi::SPropTagArray) + tags.size() * sizeof(ULONG)));
  if (array == nullptr) return nullptr;
  array->cValues = static_cast<ULONG>(tags.size());
  std::copy(tags.begin(), tags.end(), array->aulPropTag);
  return array;
}

HRESULT GetProps(const PropertyList& properties, const mapi::SPropTagArray* tags, ULONG flags, ULONG* count,
                 mapi::SPropValue** values) noexcept {
  if (count == nullptr || values == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *count = 0;
  *values = nullptr;
  if ((flags & ~mapi::MAPI_UNICODE) != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  if (tags != nullptr && tags->cValues == 0) return mapi::MAPI_E_INVALID_PARAMETER;
  try {
    const bool unicode = (flags & mapi::MAPI_UNICODE) != 0;
    const std::vector<ULONG> wanted = tags == nullptr
                                          ? properties.Tags(unicode)
                                          : std::vector<ULONG>(tags->aulPropTag, tags->aulPropTag + tags->cValues);
    MapiBuffer<mapi::SPropValue> block(
        static_cast<mapi::SPropValue*>(AllocateMapiBuffer(wanted.size() * sizeof(mapi::SPropValue))));
    if (block == nullptr) return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT result = S_OK;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const HRESULT one = WriteValue(properties, wanted[i], unicode, block.get(), block.get() + i);
      if (FAILED(one)) return one;
      if (one == mapi::MAPI_W_ERRORS_RETURNED) result = one;
    }
    *count = static_cast<ULONG>(wanted.size());
    *values = block.release();
    return result;
  } catch (const std::bad_alloc&) {
    return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  }
}

HRESULT GetPropList(const PropertyList& properties, ULONG flags, mapi::SPropTagArray** tags) noexcept {
  if (tags == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *tags = nullptr;
  if ((flags & ~mapi::MAPI_UNICODE) != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  try {
    *tags = MakeTagArray(properties.Tags((flags & mapi::MAPI_UNICODE) != 0));
    return *tags == nullptr ? mapi::MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
  } catch (const std::bad_alloc&) {
    return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  }
}

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
