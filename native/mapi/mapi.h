// Extended MAPI as far as it is used here: declared after Microsoft's documentation, and held at compile time, on both
// bitnesses, against test/native/abi-facts.tsv. Public header sets are not relied on: several are wrong on x64.
#pragma once

#include "mapi/codes.h"
#include "mapi/exports.h"
#include "mapi/flags.h"
#include "mapi/interface_ids.h"
#include "mapi/interfaces.h"
#include "mapi/property_tags.h"
#include "mapi/structures.h"
