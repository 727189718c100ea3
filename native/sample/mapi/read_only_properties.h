#pragma once

#include "mapi/mapi.h"

namespace mapisync::sample {

// IMAPIProp's writing methods of an object whose properties only the provider sets: each property is a problem of its
// own, MAPI_E_COMPUTED. `problems` may be null.
HRESULT RefuseSetProps(ULONG count, const mapi::SPropValue* values, mapi::SPropProblemArray** problems) noexcept;
HRESULT RefuseDeleteProps(const mapi::SPropTagArray* tags, mapi::SPropProblemArray** problems) noexcept;

}  // namespace mapisync::sample
