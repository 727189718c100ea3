// The keeper: one thread a process and MAPI library, which initialises MAPI first, pumps messages, and never
// uninitialises. Sessions in workers come and go; MAPI's hidden notification window must not go with the first of them.
#pragma once

#include "engine/library/library.h"

namespace mapisync {

// An engine thread, in its apartment: waits, pumping messages, until the library's keeper has initialised MAPI; what
// MAPIInitialize answered it. After a failure the next call tries anew. Only the first call's `service` counts: MAPI
// decides then.
HRESULT KeepInitialized(const Library& library, bool service);

// Any thread. The library has been shut down fast, for the end of the process: no call of it is allowed any more, on
// any thread. https://learn.microsoft.com/office/client-developer/outlook/mapi/best-practices-for-fast-shutdown
void ForbidCalls(const Library& library);
bool CallsAreForbidden(const Library& library);

}  // namespace mapisync
