// The structures that cross MAPI's boundary, laid out and spelled as in Microsoft's headers.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapi-structures
#pragma once

#include "mapi/platform.h"

namespace mapi {

// A row position that IMAPITable hands out. As wide as a pointer: several public header sets say ULONG, which is wrong
// on x64.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/bookmark
using BOOKMARK = ULONG_PTR;

// What MAPIInitialize takes; NULL means all defaults.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapiinit_0
struct MAPIINIT_0 {
  ULONG ulVersion;
  ULONG ulFlags;
};

// A 16-byte identifier, compared byte by byte.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapiuid
struct MAPIUID {
  BYTE ab[16];
};

// The head of every entry identifier: four bytes of flags, then bytes that only the provider understands.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/entryid
struct ENTRYID {
  BYTE abFlags[4];
  BYTE ab[1];  // as many as the entry identifier has
};

// https://learn.microsoft.com/office/client-developer/outlook/mapi/sbinary
struct SBinary {
  ULONG cb;
  BYTE* lpb;
};

// The value of one property. Which member holds it is told by the type in SPropValue::ulPropTag.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/spropvalue
union PropertyValue {
  std::int16_t i;    // PT_I2
  LONG l;            // PT_LONG
  float flt;         // PT_R4
  double dbl;        // PT_DOUBLE
  std::uint16_t b;   // PT_BOOLEAN: 0 or not 0
  FILETIME ft;       // PT_SYSTIME
  CHAR* lpszA;       // PT_STRING8
  SBinary bin;       // PT_BINARY
  WCHAR* lpszW;      // PT_UNICODE
  GUID* lpguid;      // PT_CLSID
  LARGE_INTEGER li;  // PT_I8
  SCODE err;         // PT_ERROR
  LONG x;            // PT_NULL, PT_OBJECT
};

// https://learn.microsoft.com/office/client-developer/outlook/mapi/spropvalue
struct SPropValue {
  ULONG ulPropTag;
  ULONG dwAlignPad;
  PropertyValue Value;
};

// https://learn.microsoft.com/office/client-developer/outlook/mapi/sproptagarray
struct SPropTagArray {
  ULONG cValues;
  ULONG aulPropTag[1];  // cValues of them
};

// https://learn.microsoft.com/office/client-developer/outlook/mapi/spropproblem
struct SPropProblem {
  ULONG ulIndex;
  ULONG ulPropTag;
  SCODE scode;
};

// https://learn.microsoft.com/office/client-developer/outlook/mapi/spropproblemarray
struct SPropProblemArray {
  ULONG cProblem;
  SPropProblem aProblem[1];  // cProblem of them
};

// https://learn.microsoft.com/office/client-developer/outlook/mapi/srow
struct SRow {
  ULONG ulAdrEntryPad;
  ULONG cValues;
  SPropValue* lpProps;  // an allocation of its own, freed before the set that holds the row
};

// https://learn.microsoft.com/office/client-developer/outlook/mapi/srowset
struct SRowSet {
  ULONG cRows;
  SRow aRow[1];  // cRows of them
};

// What GetLastError tells about a failure. One allocation; every member may be empty.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapierror
struct MAPIERROR {
  ULONG ulVersion;
  // The next two are WCHAR strings if MAPI_UNICODE was asked for, else CHAR strings.
  void* lpszError;
  void* lpszComponent;
  ULONG ulLowLevelError;
  ULONG ulContext;
};

struct SRestriction;

// https://learn.microsoft.com/office/client-developer/outlook/mapi/sandrestriction
struct SAndRestriction {
  ULONG cRes;
  SRestriction* lpRes;
};

// https://learn.microsoft.com/office/client-developer/outlook/mapi/spropertyrestriction
struct SPropertyRestriction {
  ULONG relop;
  ULONG ulPropTag;
  SPropValue* lpProp;
};

// https://learn.microsoft.com/office/client-developer/outlook/mapi/sbitmaskrestriction
struct SBitMaskRestriction {
  ULONG relBMR;
  ULONG ulPropTag;
  ULONG ulMask;
};

// https://learn.microsoft.com/office/client-developer/outlook/mapi/sexistrestriction
struct SExistRestriction {
  ULONG ulReserved1;
  ULONG ulPropTag;
  ULONG ulReserved2;
};

// Not evaluated anywhere here; it is the largest restriction and so gives SRestriction its size.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/scommentrestriction
struct SCommentRestriction {
  ULONG cValues;
  SRestriction* lpRes;
  SPropValue* lpProp;
};

union RestrictionTerm {
  SAndRestriction resAnd;            // RES_AND
  SPropertyRestriction resProperty;  // RES_PROPERTY
  SBitMaskRestriction resBitMask;    // RES_BITMASK
  SExistRestriction resExist;        // RES_EXIST
  SCommentRestriction resComment;
};

// https://learn.microsoft.com/office/client-developer/outlook/mapi/srestriction
struct SRestriction {
  ULONG rt;
  RestrictionTerm res;
};

// https://learn.microsoft.com/office/client-developer/outlook/mapi/ssortorder
struct SSortOrder {
  ULONG ulPropTag;
  ULONG ulOrder;
};

// https://learn.microsoft.com/office/client-developer/outlook/mapi/ssortorderset
struct SSortOrderSet {
  ULONG cSorts;
  ULONG cCategories;
  ULONG cExpanded;
  SSortOrder aSort[1];  // cSorts of them
};

}  // namespace mapi
