// The flags of MAPILogonEx and of IMAPISession::OpenMsgStore, by what was asked for. Portable.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/engine.h"
#include "mapi/flags.h"

namespace mapisync {

// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapilogonex
inline std::uint32_t LogOnFlags(const LogOnOptions& options) {
  std::uint32_t flags = mapi::MAPI_EXTENDED | mapi::MAPI_UNICODE;
  if (options.ui) flags |= mapi::MAPI_LOGON_UI;
  if (options.service) flags |= mapi::MAPI_NT_SERVICE;
  // Whoever joins takes the session as it is.
  if (options.join) return flags;
  // Without it a session that somebody shares would win, and the profile's name be ignored.
  flags |= mapi::MAPI_NEW_SESSION;
  if (!options.profile) flags |= mapi::MAPI_USE_DEFAULT;
  // A service must not have the spooler know it.
  if (!options.transports || options.service) flags |= mapi::MAPI_NO_MAIL;
  return flags;
}

// One set after the other, until one is accepted: some stores do not know MDB_NO_MAIL, some grant no write access.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisession-openmsgstore
inline std::vector<std::uint32_t> OpenStoreFlags(const LogOnOptions& options) {
  const std::uint32_t dialog = options.ui ? 0 : mapi::MDB_NO_DIALOG;
  if (options.transports) return {dialog | mapi::MDB_WRITE, dialog | mapi::MAPI_BEST_ACCESS};
  return {dialog | mapi::MDB_WRITE | mapi::MDB_NO_MAIL, dialog | mapi::MDB_WRITE,
          dialog | mapi::MAPI_BEST_ACCESS | mapi::MDB_NO_MAIL, dialog | mapi::MAPI_BEST_ACCESS};
}

}  // namespace mapisync
