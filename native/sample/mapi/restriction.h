#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "mapi/mapi.h"
#include "sample/mapi/properties.h"

namespace mapisync::sample {

// A client's restriction, copied: RES_AND, RES_PROPERTY, RES_BITMASK and RES_EXIST, nested at most 32 deep.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/srestriction
class Restriction {
 public:
  // MAPI_E_TOO_COMPLEX for another kind, MAPI_E_INVALID_PARAMETER for what makes no sense.
  static HRESULT Copy(const mapi::SRestriction* source, std::unique_ptr<Restriction>* result);

  bool Matches(const PropertyList& row) const;

 private:
  static HRESULT CopyNested(const mapi::SRestriction* source, int depth, std::unique_ptr<Restriction>* result);

  ULONG kind_ = mapi::RES_AND;
  ULONG tag_ = 0;
  ULONG operator_ = 0;
  ULONG mask_ = 0;
  mapi::SPropValue value_ = {};
  std::wstring text_;                // what value_ points to
  std::vector<std::uint8_t> bytes_;  // likewise
  std::vector<std::unique_ptr<Restriction>> parts_;
};

}  // namespace mapisync::sample
