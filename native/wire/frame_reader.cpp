#include "wire/frame_reader.h"

#include <cstring>
#include <utility>

#include "wire/frame_writer.h"

namespace mapisync::wire {

namespace {

constexpr std::uint32_t kKindMask = 0xFF;

std::string AtMost(const std::string& what, std::uint64_t count, const char* of, std::uint64_t most) {
  return what + std::to_string(count) + of + "; at most " + std::to_string(most);
}

std::string InHex(std::uint32_t value) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  do {
    hex.insert(hex.begin(), kDigits[value & 0xF]);
    value >>= 4;
  } while (value != 0);
  return "0x" + hex;
}

bool IsKnown(std::uint32_t kind_and_flags) {
  const std::uint32_t kind = kind_and_flags & kKindMask;
  const std::uint32_t flags = kind_and_flags & ~kKindMask;
  return kind >= static_cast<std::uint32_t>(EventKind::kStart) && kind <= static_cast<std::uint32_t>(EventKind::kEnd) &&
         (flags & ~(kEventHasText | kEventNullText)) == 0;
}

template <typename Message, typename Messages>
bool TryDecode(std::uint8_t kind, FrameReader& reader, Messages& messages) {
  if (kind != Message::kKind) return false;
  reader.set_name(Message::kName);
  Message& message = messages.template emplace<Message>();
  Message::Fields(reader, message);
  reader.Finish();
  return true;
}

template <typename... Message>
std::variant<std::variant<Message...>, MalformedFrame> Decode(std::span<const std::uint8_t> frame,
                                                              std::variant<Message...> messages) {
  FrameReader reader(frame);
  const std::uint8_t kind = reader.Kind();
  if (!reader.fault() && !(TryDecode<Message>(kind, reader, messages) || ...)) {
    reader.Fail(kLengthBytes, "the kind " + std::to_string(kind) + " is unknown");
  }
  if (reader.fault()) return *reader.fault();
  return messages;
}

}  // namespace

std::variant<ToHost, MalformedFrame> DecodeToHost(std::span<const std::uint8_t> frame) {
  return Decode(frame, ToHost());
}

std::variant<ToProgram, MalformedFrame> DecodeToProgram(std::span<const std::uint8_t> frame) {
  return Decode(frame, ToProgram());
}

std::uint8_t FrameReader::Kind() { return Number<std::uint8_t>(); }

void FrameReader::Fail(std::size_t offset, std::string reason) {
  if (!fault_) fault_ = MalformedFrame{name_, offset, std::move(reason)};
}

void FrameReader::Finish() {
  if (left() != 0) Fail(at_, "the frame goes on after its last field; bytes left: " + std::to_string(left()));
}

const std::uint8_t* FrameReader::Bytes(std::size_t count) {
  if (fault_) return nullptr;
  if (count > left()) {
    Fail(at_, "the frame ends too early; bytes needed: " + std::to_string(count) + ", left: " + std::to_string(left()));
    return nullptr;
  }
  const std::uint8_t* const bytes = frame_.data() + at_;
  at_ += count;
  return bytes;
}

template <typename T>
T FrameReader::Number() {
  T value{};
  if (const std::uint8_t* const bytes = Bytes(sizeof value)) std::memcpy(&value, bytes, sizeof value);
  return value;
}

void FrameReader::Magic() {
  const std::size_t at = at_;
  const std::uint8_t* const bytes = Bytes(sizeof kMagic);
  if (bytes != nullptr && std::memcmp(bytes, kMagic, sizeof kMagic) != 0) Fail(at, "the magic is missing");
}

void FrameReader::Bits(std::uint8_t& bits) {
  const std::size_t at = at_;
  bits = Number<std::uint8_t>();
  if (bits != 32 && bits != 64) Fail(at, "the bitness is " + std::to_string(bits));
}

void FrameReader::EventCount(std::uint32_t& count) {
  const std::size_t at = at_;
  count = Number<std::uint32_t>();
  if (count < 1 || count > kMaxEvents) {
    Fail(at, "there are " + std::to_string(count) + " events; 1 to " + std::to_string(kMaxEvents) + " are allowed");
  }
}

void FrameReader::Batch(EventBatch& batch) {
  std::uint32_t events = 0;
  EventCount(events);
  const std::size_t texts_at = at_;
  const auto texts = Number<std::uint32_t>();
  const std::size_t events_at = at_;
  const std::uint8_t* const bytes = Bytes(events * sizeof(Event));
  if (bytes == nullptr) return;
  batch.events.resize(events);
  std::memcpy(batch.events.data(), bytes, events * sizeof(Event));
  CheckEvents(batch, texts, texts_at, events_at);
  for (std::uint32_t i = 0; i < texts && !fault_; ++i) Value(batch.texts.emplace_back());
}

void FrameReader::CheckEvents(const EventBatch& batch, std::uint32_t texts, std::size_t texts_at,
                              std::size_t events_at) {
  std::uint32_t needed = 0;
  for (std::size_t i = 0; i < batch.events.size(); ++i) {
    const std::uint32_t kind = batch.events[i].kind_and_flags;
    if (!IsKnown(kind)) Fail(events_at + i * sizeof(Event), "the event's kind and flags are " + InHex(kind));
    const bool is_end = (kind & kKindMask) == static_cast<std::uint32_t>(EventKind::kEnd);
    if (is_end && i + 1 != batch.events.size()) {
      Fail(events_at + i * sizeof(Event), "the end is not the last event");
    }
    if ((kind & kEventHasText) != 0) ++needed;
    if (fault_) return;
  }
  if (needed != texts) {
    Fail(texts_at, "the events bring another number of texts; texts: " + std::to_string(texts) +
                       ", needed: " + std::to_string(needed));
  }
}

void FrameReader::Value(std::uint32_t& value) { value = Number<std::uint32_t>(); }

void FrameReader::Value(std::uint64_t& value) {
  const std::size_t at = at_;
  value = Number<std::uint64_t>();
  if (value > kMaxNumber) Fail(at, AtMost("the number is ", value, "", kMaxNumber) + " is allowed");
}

void FrameReader::Value(bool& value) {
  const std::size_t at = at_;
  const auto number = Number<std::uint8_t>();
  if (number > 1) Fail(at, "the boolean is " + std::to_string(number));
  value = number == 1;
}

void FrameReader::Text(std::uint32_t units, std::u16string& text) {
  if (units > kMaxTextUnits) {
    Fail(at_ - sizeof units, AtMost("the text has ", units, " units", kMaxTextUnits) + " are allowed");
  }
  const std::uint8_t* const bytes = Bytes(units * sizeof(char16_t));
  if (bytes == nullptr) return;
  text.resize(units);
  std::memcpy(text.data(), bytes, units * sizeof(char16_t));
}

void FrameReader::Value(std::u16string& text) { Text(Number<std::uint32_t>(), text); }

void FrameReader::Value(std::optional<std::u16string>& text) {
  const auto units = Number<std::uint32_t>();
  if (units != kNoText) Text(units, text.emplace());
}

void FrameReader::Value(std::optional<std::uint32_t>& value) {
  bool has_value = false;
  Value(has_value);
  if (has_value) value = Number<std::uint32_t>();
}

void FrameReader::Value(std::vector<std::uint8_t>& data) {
  const std::size_t at = at_;
  const auto size = Number<std::uint32_t>();
  if (size > kMaxDataBytes) Fail(at, AtMost("the data has ", size, " bytes", kMaxDataBytes) + " are allowed");
  if (const std::uint8_t* const bytes = Bytes(size)) data.assign(bytes, bytes + size);
}

std::uint32_t FrameReader::ItemCount() {
  const std::size_t at = at_;
  const auto count = Number<std::uint32_t>();
  if (count > kMaxItems) Fail(at, AtMost("the list has ", count, " items", kMaxItems) + " are allowed");
  return count;
}

}  // namespace mapisync::wire
