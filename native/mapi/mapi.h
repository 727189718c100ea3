// Extended MAPI as far as it is used here: declared after Microsoft's documentation, and held at compile time, on both
// bitnesses, against test/native/abi-facts.tsv. Public header sets are not relied on: several are wrong on x64.
#pragma once

#include "mapi/codes.h"
#include "mapi/exports.h"
#include "mapi/flags.h"
#include "mapi/imapi_advise_sink.h"
#include "mapi/imapi_client_shutdown.h"
#include "mapi/imapi_prop.h"
#include "mapi/imapi_session.h"
#include "mapi/imapi_status.h"
#include "mapi/imapi_sync.h"
#include "mapi/imapi_sync_progress_callback.h"
#include "mapi/imapi_table.h"
#include "mapi/imsg_store.h"
#include "mapi/interface_ids.h"
#include "mapi/iprof_admin.h"
#include "mapi/property_tags.h"
#include "mapi/structures.h"
