// COM on a thread, as a single-threaded apartment: what MAPIInitialize would choose, and what MAPI's providers expect.
#pragma once

#include <objbase.h>

namespace mapisync {

class ComApartment {
 public:
  ComApartment() : result_(CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED)) {}
  ~ComApartment() {
    if (SUCCEEDED(result_)) CoUninitialize();
  }
  ComApartment(const ComApartment&) = delete;
  ComApartment& operator=(const ComApartment&) = delete;

 private:
  const HRESULT result_;
};

}  // namespace mapisync
