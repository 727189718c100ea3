// Why a DLL could not be used as MAPI: tried first, explained afterwards. Portable.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/library/pe_header.h"

namespace mapisync {

// From the least telling to the most: of several failures, the last of these is the one to report.
enum class LoadProblem : std::uint8_t { kNotFound, kNotLoadable, kNotAMapiDll, kMissingDependency, kWrongBitness };

struct LoadFailure {
  LoadProblem problem = LoadProblem::kNotFound;
  std::uint32_t hresult = 0;
  // In words for people, with the path.
  std::u16string detail;
  // It was loaded, and an export was missing.
  bool missing_export = false;
};

// What LoadLibraryExW said, and what is known of the file.
struct FailedLoad {
  std::u16string path;
  std::uint32_t windows_error = 0;
  bool file_exists = false;
  // The first kPeHeadBytes of it, or what there is.
  std::span<const std::uint8_t> head;
  // This process.
  Machine own_machine = Machine::kX64;
};

LoadFailure ExplainFailedLoad(const FailedLoad& load);

// It was loaded, but this export of MAPI's core is not there.
LoadFailure ExplainMissingExport(const std::u16string& path, std::u16string_view name);

}  // namespace mapisync
