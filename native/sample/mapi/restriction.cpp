#include "sample/mapi/restriction.h"

#include <algorithm>

#include "windows/text_encoding.h"

namespace mapisync::sample {
namespace {

constexpr int kMaxDepth = 32;

}  // namespace

HRESULT Restriction::Copy(const mapi::SRestriction* source, std::unique_ptr<Restriction>* result) {
  return CopyNested(source, 0, result);
}

HRESULT Restriction::CopyNested(const mapi::SRestriction* source, int depth, std::unique_ptr<Restriction>* result) {
  if (source == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  if (depth > kMaxDepth) return mapi::MAPI_E_TOO_COMPLEX;
  auto copy = std::make_unique<Restriction>();
  copy->kind_ = source->rt;
  switch (source->rt) {
    case mapi::RES_AND:
      for (ULONG i = 0; i < source->res.resAnd.cRes; ++i) {
        std::unique_ptr<Restriction> part;
        const HRESULT one = CopyNested(source->res.resAnd.lpRes + i, depth + 1, &part);
        if (FAILED(one)) return one;
        copy->parts_.push_back(std::move(part));
      }
      break;
    case mapi::RES_PROPERTY: {
      const mapi::SPropertyRestriction& term = source->res.resProperty;
      if (term.lpProp == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
      if (term.relop > mapi::RELOP_NE) return mapi::MAPI_E_TOO_COMPLEX;
      copy->tag_ = term.ulPropTag;
      copy->operator_ = term.relop;
      copy->value_ = *term.lpProp;
      // What the value points to is the client's, and gone after the call.
      switch (mapi::PROP_TYPE(copy->value_.ulPropTag)) {
        case mapi::PT_STRING8:
          if (copy->value_.Value.lpszA != nullptr) copy->text_ = WideFromAnsi(copy->value_.Value.lpszA);
          copy->value_.ulPropTag = mapi::CHANGE_PROP_TYPE(copy->value_.ulPropTag, mapi::PT_UNICODE);
          copy->value_.Value.lpszW = copy->text_.data();
          break;
        case mapi::PT_UNICODE:
          if (copy->value_.Value.lpszW != nullptr) copy->text_ = copy->value_.Value.lpszW;
          copy->value_.Value.lpszW = copy->text_.data();
          break;
        case mapi::PT_BINARY:
          copy->bytes_.assign(copy->value_.Value.bin.lpb, copy->value_.Value.bin.lpb + copy->value_.Value.bin.cb);
          copy->value_.Value.bin.lpb = copy->bytes_.data();
          break;
        case mapi::PT_LONG:
        case mapi::PT_BOOLEAN:
          break;
        default:
          return mapi::MAPI_E_TOO_COMPLEX;
      }
      break;
    }
    case mapi::RES_BITMASK:
      copy->tag_ = source->res.resBitMask.ulPropTag;
      copy->operator_ = source->res.resBitMask.relBMR;
      copy->mask_ = source->res.resBitMask.ulMask;
      break;
    case mapi::RES_EXIST:
      copy->tag_ = source->res.resExist.ulPropTag;
      break;
    default:
      return mapi::MAPI_E_TOO_COMPLEX;
  }
  *result = std::move(copy);
  return S_OK;
}

bool Restriction::Matches(const PropertyList& row) const {
  if (kind_ == mapi::RES_AND) {
    return std::all_of(parts_.begin(), parts_.end(), [&row](const auto& part) { return part->Matches(row); });
  }
  const Property* property = row.Find(tag_);
  if (property == nullptr || mapi::PROP_TYPE(property->tag) == mapi::PT_ERROR) return false;
  switch (kind_) {
    case mapi::RES_BITMASK:
      return ((static_cast<ULONG>(property->number) & mask_) != 0) == (operator_ == mapi::BMR_NEZ);
    case mapi::RES_PROPERTY:
      break;
    default:
      return true;
  }
  if (mapi::PROP_TYPE(property->tag) != mapi::PROP_TYPE(value_.ulPropTag)) return false;
  const int order = CompareProperty(*property, value_);
  switch (operator_) {
    case mapi::RELOP_LT:
      return order < 0;
    case mapi::RELOP_LE:
      return order <= 0;
    case mapi::RELOP_GT:
      return order > 0;
    case mapi::RELOP_GE:
      return order >= 0;
    case mapi::RELOP_EQ:
      return order == 0;
    default:
      return order != 0;
  }
}

}  // namespace mapisync::sample
