// The exceptions that libstdc++ throws for its own errors (a position out of range, a mutex that fails, ...). Its own
// definitions of them would link the old string class with all of its functions, which is 50 KB. We only ever read
// what().
#include <exception>
#include <new>

namespace {

class LibraryError final : public std::exception {
 public:
  // `what` must live as long as the program.
  explicit LibraryError(const char* what) noexcept : what_(what) {}
  const char* what() const noexcept override { return what_; }

 private:
  const char* what_;
};

[[noreturn]] void Throw(const char* what) { throw LibraryError(what); }

}  // namespace

// The run-time library's names and signatures.
// NOLINTBEGIN(bugprone-reserved-identifier)
namespace std {

void __throw_bad_alloc() { throw bad_alloc(); }
void __throw_bad_array_new_length() { throw bad_array_new_length(); }
void __throw_bad_exception() { throw bad_exception(); }
void __throw_bad_function_call() { Throw("bad_function_call"); }
void __throw_logic_error(const char* what) { Throw(what); }
void __throw_domain_error(const char* what) { Throw(what); }
void __throw_invalid_argument(const char* what) { Throw(what); }
void __throw_length_error(const char* what) { Throw(what); }
void __throw_out_of_range(const char* what) { Throw(what); }
// `what` has placeholders for numbers; they stay as they are.
void __throw_out_of_range_fmt(const char* what, ...) { Throw(what); }
void __throw_runtime_error(const char* what) { Throw(what); }
void __throw_range_error(const char* what) { Throw(what); }
void __throw_overflow_error(const char* what) { Throw(what); }
void __throw_underflow_error(const char* what) { Throw(what); }
void __throw_system_error(int) { Throw("system_error"); }

}  // namespace std
// NOLINTEND(bugprone-reserved-identifier)
