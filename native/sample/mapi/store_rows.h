// What the message store table and a store's properties say.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/message-store-tables
#pragma once

#include <vector>

#include "mapi/mapi.h"
#include "sample/mapi/properties.h"
#include "sample/profile/profile.h"

namespace mapisync::sample {

// The required columns, in the documentation's order.
std::vector<ULONG> StoreTableColumns();

PropertyList StoreTableRow(const StoreInProfile& store, ULONG row_number);

// What IMsgStore::GetProps offers.
PropertyList StoreProperties(const StoreInProfile& store);

// The rows of a profile's stores, as options.txt wants them: other names, fewer or invented ones. An invented store has
// an entry identifier that opens nothing.
std::vector<PropertyList> StoreTableRows(std::vector<StoreInProfile> stores, const ProfileOptions& options);

}  // namespace mapisync::sample
