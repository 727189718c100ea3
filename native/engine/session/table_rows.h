// Reads a MAPI table to its end.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapitable-queryrows
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "engine/failure.h"
#include "engine/library/library.h"

namespace mapisync {

// A table that goes on after this many rows is given up with MAPI_E_TABLE_TOO_BIG.
inline constexpr std::size_t kMaxTableRows = 100000;

// `take` is given the values of one row after the other. The thread that the table belongs to. Nothing: it was read.
std::optional<Failure> ReadTable(const Library& library, mapi::IMAPITable* table,
                                 std::span<const std::uint32_t> columns,
                                 const std::function<void(std::span<const mapi::SPropValue>)>& take);

}  // namespace mapisync
