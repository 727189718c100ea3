// libstdc++'s own terminate handler prints the name of the exception; the demangler and the formatter that it needs for
// that would be a fifth of the addon. Who defines the variable that holds the handler leaves all of it out.
#include <cstdlib>
#include <exception>

namespace __cxxabiv1 {                              // NOLINT(bugprone-reserved-identifier): the run-time library's name
extern std::terminate_handler __terminate_handler;  // NOLINT(bugprone-reserved-identifier)
std::terminate_handler __terminate_handler = std::abort;  // NOLINT(bugprone-reserved-identifier)
}  // namespace __cxxabiv1
