// The door's plain data as the wire's, with every text within the wire's bound.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/failure.h"
#include "engine/rows.h"
#include "engine/session.h"
#include "wire/messages.h"

namespace mapisync {

// A name or a path may have so many units, that any frame but a list can carry what it has to. What is longer is cut
// and ends in an ellipsis.
inline constexpr std::size_t kMaxNameUnits = 65536;

std::u16string OnWire(std::u16string name);
std::optional<std::u16string> OnWire(std::optional<std::u16string> name);
std::u16string OnWire(std::string_view utf8);

wire::Profile OnWire(const ProfileRow& row);
wire::StoreRow OnWire(const StoreRow& row);
wire::LoggedOn OnWire(std::uint32_t id, const SessionInfo& info);
wire::Failed OnWire(std::uint32_t id, const Failure& failure);

}  // namespace mapisync
