// What the event channel does with a provider's text: compare it with a stored one, and store it, whole or cut.
//
// Text is UTF-16 up to a NUL, and passes as it is: lone surrogates and noncharacters included.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "events/event_channel.h"
#include "text/surrogates.h"

namespace mapisync {

inline constexpr char16_t kEllipsis = u'\u2026';

// The units before the NUL, but not more than one over the limit: that many say that the text is too long.
inline std::size_t TextLength(const char16_t* text) noexcept {
  std::size_t length = 0;
  while (length <= EventChannel::kMaxTextUnits && text[length] != 0) ++length;
  return length;
}

// How much of a text of that length is kept before the ellipsis: no surrogate pair is split.
inline std::size_t CutLength(const char16_t* text) noexcept {
  const std::size_t length = EventChannel::kMaxTextUnits - 1;
  return IsHighSurrogate(text[length - 1]) && IsLowSurrogate(text[length]) ? length - 1 : length;
}

#if defined(__GNUC__)
#define MAPISYNC_NO_ADDRESS_SANITIZER __attribute__((no_sanitize_address))
#else
#define MAPISYNC_NO_ADDRESS_SANITIZER
#endif

inline constexpr std::size_t kUnitsAtOnce = 8;

// Of so many units. They need not be aligned.
MAPISYNC_NO_ADDRESS_SANITIZER
inline bool AreSameUnits(const char16_t* left, const char16_t* right) noexcept {
  std::uint64_t ours[2];
  std::uint64_t theirs[2];
  static_assert(sizeof ours == kUnitsAtOnce * sizeof(char16_t));
  std::memcpy(ours, left, sizeof ours);
  std::memcpy(theirs, right, sizeof theirs);
  return ((ours[0] ^ theirs[0]) | (ours[1] ^ theirs[1])) == 0;
}

// How many units at the beginning of `text` are those of `kept`, whose last is a NUL, the only one. Most of what a note
// would cost, if it looked at one unit after the other: it looks at eight at once, and so at up to seven beyond the
// NUL, but never beyond the page of memory that the first of them is in.
MAPISYNC_NO_ADDRESS_SANITIZER
inline std::size_t EqualUnits(const char16_t* kept, std::size_t length, const char16_t* text) noexcept {
  constexpr std::size_t kPage = 4096;
  std::size_t at = 0;
  while (at < length) {
    const std::size_t left_in_page = (kPage - reinterpret_cast<std::uintptr_t>(text + at) % kPage) / sizeof(char16_t);
    const std::size_t stop = at + std::min(length - at, std::max<std::size_t>(1, left_in_page));
    if (stop - at >= kUnitsAtOnce) {
      const std::size_t last = stop - kUnitsAtOnce;
      while (at < last && AreSameUnits(kept + at, text + at)) at += kUnitsAtOnce;
      // Of the last ones some have been looked at already.
      if (at >= last && AreSameUnits(kept + last, text + last)) at = stop;
    }
    while (at < stop && text[at] == kept[at]) ++at;
    if (at < stop) break;
  }
  return at;
}

// Would storing `text` give what is stored already? One pass that ends at the first difference.
inline bool IsStoredText(const std::u16string& stored, const char16_t* text) noexcept {
  const char16_t* const kept = stored.c_str();
  const std::size_t length = stored.size();
  const std::size_t at = EqualUnits(kept, length + 1, text);
  if (at > length) return true;
  // A text that had to be cut ends differently.
  if (kept[at] != kEllipsis || at + 1 != length || at + 2 < EventChannel::kMaxTextUnits) return false;
  for (std::size_t unread = at; unread <= EventChannel::kMaxTextUnits; ++unread) {
    if (text[unread] == 0) return false;
  }
  return at == CutLength(text);
}

// What the text has allocated: nothing, while it fits into the string itself.
inline std::size_t HeapBytes(const std::u16string& text) noexcept {
  const std::size_t inside = std::u16string().capacity();
  return text.capacity() <= inside ? 0 : (text.capacity() + 1) * sizeof(char16_t);
}

// Stores a text whose TextLength is known. Throws std::bad_alloc and has changed nothing then. Memory that `stored` has
// is used again where it fits: a short text after a long one gives the long one's back.
inline void StoreText(std::u16string& stored, const char16_t* text, std::size_t length) {
  constexpr std::size_t kSmall = 256;
  const bool cut = length > EventChannel::kMaxTextUnits;
  const std::size_t copied = cut ? CutLength(text) : length;
  const std::size_t needed = copied + (cut ? 1 : 0);
  if (needed > stored.capacity() || (stored.capacity() > kSmall && needed < stored.capacity() / 2)) {
    // Into a string of its own: to grow one would double it.
    std::u16string fresh;
    fresh.reserve(needed);
    stored.swap(fresh);
  }
  stored.assign(text, copied);
  if (cut) stored.push_back(kEllipsis);
  // A provider that writes to its text while we read it must not make us store a NUL: IsStoredText relies on that.
  const std::size_t end = stored.find(u'\0');
  if (end != std::u16string::npos) stored.resize(end);
}

}  // namespace mapisync
