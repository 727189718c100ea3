// From messages to frames.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "wire/messages.h"

namespace mapisync::wire {

static_assert(std::endian::native == std::endian::little);
static_assert(sizeof(Event) == 24);

inline constexpr std::uint32_t kNoText = 0xFFFFFFFF;
inline constexpr char kMagic[] = {'m', 'a', 'p', 'i', 's', 'y', 'n', 'c'};
inline constexpr std::size_t kLengthBytes = 4;

// Keeps no bound: who encodes a message keeps the bounds of docs/wire.md.
class FrameWriter {
 public:
  explicit FrameWriter(std::uint8_t kind) {
    Number(std::uint32_t{0});
    Number(kind);
  }

  std::vector<std::uint8_t> Finish() {
    const auto length = static_cast<std::uint32_t>(frame_.size() - kLengthBytes);
    std::memcpy(frame_.data(), &length, sizeof length);
    return std::move(frame_);
  }

  template <typename... T>
  void operator()(const T&... values) {
    (Value(values), ...);
  }
  void Magic() { Append(kMagic, sizeof kMagic); }
  void Bits(std::uint8_t bits) { Number(bits); }
  void EventCount(std::uint32_t count) { Number(count); }
  void Batch(const EventBatch& batch) {
    Count(batch.events.size());
    Count(batch.texts.size());
    Append(batch.events.data(), batch.events.size() * sizeof(Event));
    for (const std::u16string& text : batch.texts) Value(text);
  }

 private:
  void Append(const void* data, std::size_t size) {
    const auto* const bytes = static_cast<const std::uint8_t*>(data);
    frame_.insert(frame_.end(), bytes, bytes + size);
  }
  template <typename T>
  void Number(T value) {
    Append(&value, sizeof value);
  }
  void Count(std::size_t count) { Number(static_cast<std::uint32_t>(count)); }

  void Value(std::uint32_t value) { Number(value); }
  void Value(std::uint64_t value) { Number(value); }
  void Value(bool value) { Number(static_cast<std::uint8_t>(value)); }
  void Value(const std::u16string& text) {
    Count(text.size());
    Append(text.data(), text.size() * sizeof(char16_t));
  }
  void Value(const std::optional<std::u16string>& text) {
    if (text) {
      Value(*text);
    } else {
      Number(kNoText);
    }
  }
  void Value(const std::optional<std::uint32_t>& value) {
    Value(value.has_value());
    if (value) Number(*value);
  }
  void Value(const std::vector<std::uint8_t>& data) {
    Count(data.size());
    Append(data.data(), data.size());
  }
  template <typename T>
  void Value(const std::vector<T>& items) {
    Count(items.size());
    for (const T& item : items) Value(item);
  }
  template <typename T>
  requires std::is_class_v<T>
  void Value(const T& group) { T::Fields(*this, group); }

  std::vector<std::uint8_t> frame_;
};

template <typename Message>
std::vector<std::uint8_t> Encode(const Message& message) {
  FrameWriter writer(Message::kKind);
  Message::Fields(writer, message);
  return writer.Finish();
}

}  // namespace mapisync::wire
