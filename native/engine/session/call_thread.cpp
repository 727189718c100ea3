#include "engine/session/call_thread.h"

#include <utility>

#include "engine/session/mapi_initialized.h"
#include "windows/com_apartment.h"
#include "windows/named_thread.h"

namespace mapisync {

bool StartCallThread(std::shared_ptr<const Library> library, bool service, std::function<void(HRESULT)> body) {
  return StartThread(L"mapisync call", [library = std::move(library), service, body = std::move(body)] {
    const ComApartment apartment;
    const MapiInitialized mapi(*library, service);
    body(mapi.result());
  });
}

}  // namespace mapisync
