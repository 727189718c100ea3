// Properties as the sample keeps them, and as MAPI's callers get them.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "mapi/mapi.h"

namespace mapisync::sample {

// One property. Text is kept wide, under its PT_UNICODE tag, and given in the width that is asked for.
struct Property {
  ULONG tag = 0;
  LONG number = 0;                  // PT_LONG, PT_BOOLEAN, PT_ERROR
  std::wstring text;                // PT_UNICODE
  std::vector<std::uint8_t> bytes;  // PT_BINARY
};

Property NumberProperty(ULONG tag, ULONG value);
Property BooleanProperty(ULONG tag, bool value);
Property TextProperty(ULONG tag, std::wstring value);
Property BinaryProperty(ULONG tag, std::vector<std::uint8_t> value);
// A property that cannot be read: asked for, it comes as PT_ERROR with `error`.
Property ErrorProperty(ULONG tag, HRESULT error);
// A property that comes as PT_NULL with no identifier at all, as some providers give a missing column.
Property NullProperty(ULONG tag);

// The properties of one object or row, in the order in which they are offered.
class PropertyList {
 public:
  PropertyList() = default;
  explicit PropertyList(std::vector<Property> properties) : properties_(std::move(properties)) {}

  const std::vector<Property>& all() const { return properties_; }
  void Set(Property property);
  void Remove(ULONG tag);
  // By identifier; null where there is none.
  const Property* Find(ULONG tag) const;

  // The tags of all properties; text as PT_UNICODE or PT_STRING8.
  std::vector<ULONG> Tags(bool unicode) const;

 private:
  std::vector<Property> properties_;
};

// Writes what `wanted` asks for into `value`, with its text or bytes in blocks that hang on `base`. What is missing, or
// of another type, becomes PT_ERROR. MAPI_W_ERRORS_RETURNED says that it did, a failure that memory is out.
HRESULT WriteValue(const PropertyList& properties, ULONG wanted, bool unicode, void* base, mapi::SPropValue* value);

// A tag array in a block of its own; null when memory is out.
mapi::SPropTagArray* MakeTagArray(const std::vector<ULONG>& tags);

// The bodies of IMAPIProp's reading methods. Any thread.
HRESULT GetProps(const PropertyList& properties, const mapi::SPropTagArray* tags, ULONG flags, ULONG* count,
                 mapi::SPropValue** values) noexcept;
HRESULT GetPropList(const PropertyList& properties, ULONG flags, mapi::SPropTagArray** tags) noexcept;

// IMAPIProp's writing methods of an object whose properties only the provider sets: each property is a problem of its
// own, MAPI_E_COMPUTED. `problems` may be null.
HRESULT RefuseSetProps(ULONG count, const mapi::SPropValue* values, mapi::SPropProblemArray** problems) noexcept;
HRESULT RefuseDeleteProps(const mapi::SPropTagArray* tags, mapi::SPropProblemArray** problems) noexcept;

}  // namespace mapisync::sample
