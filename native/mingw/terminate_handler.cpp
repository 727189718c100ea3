// libstdc++'s own terminate handler prints the name of the exception. The demangler and the formatter that it needs for
// that would be a fifth of the addon; with a handler of our own they are not linked.
#include <cstdlib>
#include <exception>

namespace __gnu_cxx {  // NOLINT(bugprone-reserved-identifier): the run-time library's name

void __verbose_terminate_handler() { std::abort(); }  // NOLINT(bugprone-reserved-identifier)

}  // namespace __gnu_cxx
