// From frames to messages, within the bounds of docs/wire.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "wire/malformed_frame.h"
#include "wire/messages.h"

namespace mapisync::wire {

// Takes fields off one frame. The first fault ends it: what is read after that is left as it was.
class FrameReader {
 public:
  // `frame` is whole: its length field says how long it is.
  explicit FrameReader(std::span<const std::uint8_t> frame) : frame_(frame) {}

  // The kind, once.
  std::uint8_t Kind();
  void set_name(const char* name) { name_ = name; }
  void Fail(std::size_t offset, std::string reason);
  // Nothing may be left.
  void Finish();
  const std::optional<MalformedFrame>& fault() const { return fault_; }

  template <typename... T>
  void operator()(T&... values) {
    (Value(values), ...);
  }
  void Magic();
  void Bits(std::uint8_t& bits);
  void EventCount(std::uint32_t& count);
  void Batch(EventBatch& batch);

 private:
  std::size_t left() const { return frame_.size() - at_; }
  // Null, with a fault, where so many bytes are not left.
  const std::uint8_t* Bytes(std::size_t count);
  template <typename T>
  T Number();
  void Text(std::uint32_t units, std::u16string& text);
  void CheckEvents(const EventBatch& batch, std::uint32_t texts, std::size_t texts_at, std::size_t events_at);

  void Value(std::uint32_t& value);
  void Value(std::uint64_t& value);
  void Value(bool& value);
  void Value(std::u16string& text);
  void Value(std::optional<std::u16string>& text);
  void Value(std::optional<std::uint32_t>& value);
  void Value(std::vector<std::uint8_t>& data);
  std::uint32_t ItemCount();
  template <typename T>
  void Value(std::vector<T>& items) {
    const std::uint32_t count = ItemCount();
    // One after the other: a number that nothing follows allocates nothing.
    for (std::uint32_t i = 0; i < count && !fault_; ++i) Value(items.emplace_back());
  }
  template <typename T>
  requires std::is_class_v<T>
  void Value(T& group) { T::Fields(*this, group); }

  std::span<const std::uint8_t> frame_;
  std::size_t at_ = 4;
  const char* name_ = "frame";
  std::optional<MalformedFrame> fault_;
};

// Of a whole frame. Both throw std::bad_alloc and nothing else.
std::variant<ToHost, MalformedFrame> DecodeToHost(std::span<const std::uint8_t> frame);
std::variant<ToProgram, MalformedFrame> DecodeToProgram(std::span<const std::uint8_t> frame);

}  // namespace mapisync::wire
