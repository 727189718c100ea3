// What the event channel does with a provider's text: compare it with a stored one, and store it, whole or cut.
//
// Text is UTF-16 up to a NUL, and passes as it is: lone surrogates and noncharacters included.
#pragma once

#include <cstddef>
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

// Would storing `text` give what is stored already? One pass that ends at the first difference.
inline bool IsStoredText(const std::u16string& stored, const char16_t* text) noexcept {
  const char16_t* const kept = stored.data();
  const std::size_t length = stored.size();
  std::size_t at = 0;
  // A stored text has no NUL, so a unit that is equal is none either, and the next may be read. By fours: it is most of
  // what a note costs beyond the lock.
  while (length - at >= 4 && text[at] == kept[at] && text[at + 1] == kept[at + 1] && text[at + 2] == kept[at + 2] &&
         text[at + 3] == kept[at + 3]) {
    at += 4;
  }
  while (at < length && text[at] == kept[at]) ++at;
  if (at == length) return text[at] == 0;
  // A text that had to be cut ends differently.
  if (kept[at] != kEllipsis || at + 1 != length || at + 2 < EventChannel::kMaxTextUnits) return false;
  for (std::size_t unread = at; unread <= EventChannel::kMaxTextUnits; ++unread) {
    if (text[unread] == 0) return false;
  }
  return at == CutLength(text);
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
