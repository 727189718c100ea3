#include "engine/library/load_failure.h"

#include "text/words.h"

namespace mapisync {

namespace {

// https://learn.microsoft.com/windows/win32/debug/system-error-codes
constexpr std::uint32_t kErrorModNotFound = 126;
constexpr std::uint32_t kErrorProcNotFound = 127;
constexpr std::uint32_t kErrorBadExeFormat = 193;
constexpr std::uint32_t kErrorDllInitFailed = 1114;

constexpr std::uint32_t FromWindowsError(std::uint32_t error) { return 0x80070000 | (error & 0xFFFF); }

}  // namespace

LoadFailure ExplainFailedLoad(const FailedLoad& load) {
  const std::uint32_t error = load.windows_error;
  if (!load.file_exists) {
    return {LoadProblem::kNotFound, FromWindowsError(kErrorModNotFound), u"there is no file " + load.path, false};
  }
  // The header says more than the error code, which differs from system to system.
  const std::optional<Machine> machine = ReadMachine(load.head);
  if (!machine) {
    return {LoadProblem::kNotAMapiDll, FromWindowsError(kErrorBadExeFormat), load.path + u" is no DLL", false};
  }
  if (*machine != load.own_machine) {
    return {LoadProblem::kWrongBitness, FromWindowsError(kErrorBadExeFormat),
            load.path + u" is " + std::u16string(Describe(*machine)) + u", and this process is " +
                std::u16string(Describe(load.own_machine)),
            false};
  }
  if (error == kErrorModNotFound || error == kErrorProcNotFound) {
    return {LoadProblem::kMissingDependency, FromWindowsError(error),
            load.path + (error == kErrorModNotFound ? u" needs a DLL that was not found"
                                                    : u" needs a function that a DLL of this system does not have"),
            false};
  }
  if (error == kErrorDllInitFailed) {
    return {LoadProblem::kNotLoadable, FromWindowsError(error), load.path + u" failed while it was initialising itself",
            false};
  }
  return {LoadProblem::kNotLoadable, FromWindowsError(error),
          load.path + u" could not be loaded (Windows error " + Decimal(error) + u")", false};
}

LoadFailure ExplainMissingExport(const std::u16string& path, std::u16string_view name) {
  return {LoadProblem::kNotAMapiDll, FromWindowsError(kErrorProcNotFound),
          path + u" is no MAPI DLL: it does not export " + std::u16string(name), true};
}

}  // namespace mapisync
