#pragma once

#include "mapi/mapi.h"

namespace mapisync::sample {

// Asks a callback for every interface that a provider might think of, and holds the answers against COM's rules.
// Answers what is wrong, or null.
const wchar_t* FindWrongAnswer(mapi::IMAPISyncProgressCallback* callback);

}  // namespace mapisync::sample
