// One reference to a COM object, released when it goes.
#pragma once

#include <unknwn.h>

#include <utility>

namespace mapisync {

template <typename T>
class ComPtr {
 public:
  ComPtr() = default;
  // Makes a further reference.
  explicit ComPtr(T* object) : object_(object) {
    if (object_ != nullptr) object_->AddRef();
  }
  ComPtr(ComPtr&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  ComPtr& operator=(ComPtr&& other) noexcept {
    if (this != &other) {
      Reset();
      object_ = std::exchange(other.object_, nullptr);
    }
    return *this;
  }
  ComPtr(const ComPtr&) = delete;
  ComPtr& operator=(const ComPtr&) = delete;
  ~ComPtr() { Reset(); }

  // Takes over a reference that somebody else has made.
  static ComPtr Adopt(T* object) {
    ComPtr pointer;
    pointer.object_ = object;
    return pointer;
  }

  T* get() const { return object_; }
  T* operator->() const { return object_; }
  explicit operator bool() const { return object_ != nullptr; }

  // For out parameters that bring a reference.
  T** Receive() {
    Reset();
    return &object_;
  }
  // Forgets the pointer first: a Release may call back.
  void Reset() {
    if (T* object = std::exchange(object_, nullptr)) object->Release();
  }
  // Gives the reference up without releasing it.
  [[nodiscard]] T* Detach() { return std::exchange(object_, nullptr); }

 private:
  T* object_ = nullptr;
};

}  // namespace mapisync
