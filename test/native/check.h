// The native unit tests' frame: cases with titles, checks, and one line of output a case.
//
//   CASE("a closed channel takes nothing") { ... CHECK(channel.updates() == 0); }
//   int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
//
// Prints `ok TITLE` or `not ok TITLE: why` for each case, then `N passed, N failed`; the exit code is 1 if any failed.
// An argument is a part of the titles of the cases to run.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string>
#include <vector>

namespace mapisync::check {

// How often to repeat what starts no threads: under the thread sanitizer it takes ten times as long and can show
// nothing.
constexpr std::uint32_t Histories(std::uint32_t count) {
#if defined(__SANITIZE_THREAD__)
  return (count + 19) / 20;
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
  return (count + 19) / 20;
#endif
#endif
  return count;
}

struct Failed {
  std::string why;
};

struct Case {
  const char* title;
  void (*body)();
};

inline std::vector<Case>& Cases() {
  static std::vector<Case> cases;
  return cases;
}

struct Registered {
  Registered(const char* title, void (*body)()) { Cases().push_back({title, body}); }
};

// Ends the case. On the thread that runs it only: elsewhere, hand the finding to that thread.
[[noreturn]] inline void Fail(const char* file, int line, const std::string& why) {
  const char* const slash = std::strrchr(file, '/');
  throw Failed{std::string(slash == nullptr ? file : slash + 1) + ":" + std::to_string(line) + ": " + why};
}

inline int Main(int argc, char** argv) {
  int passed = 0;
  int failed = 0;
  for (const Case& each : Cases()) {
    if (argc > 1 && std::strstr(each.title, argv[1]) == nullptr) continue;
    std::string why;
    try {
      each.body();
    } catch (const Failed& failure) {
      why = failure.why;
    } catch (const std::exception& exception) {
      why = std::string("threw ") + exception.what();
    } catch (...) {
      why = "threw something";
    }
    ++(why.empty() ? passed : failed);
    if (why.empty()) {
      std::printf("ok %s\n", each.title);
    } else {
      std::printf("not ok %s: %s\n", each.title, why.c_str());
    }
    std::fflush(stdout);
  }
  std::printf("%d passed, %d failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}

}  // namespace mapisync::check

#define CHECK_JOIN_(a, b) a##b
#define CHECK_JOIN(a, b) CHECK_JOIN_(a, b)

#define CASE(title)                                                                                               \
  static void CHECK_JOIN(CaseBody, __LINE__)();                                                                   \
  static const ::mapisync::check::Registered CHECK_JOIN(case_, __LINE__)(title, CHECK_JOIN(&CaseBody, __LINE__)); \
  static void CHECK_JOIN(CaseBody, __LINE__)()

// Ends the case as failed unless the condition holds.
#define CHECK(condition)                                                                    \
  do {                                                                                      \
    if (!(condition)) ::mapisync::check::Fail(__FILE__, __LINE__, "not true: " #condition); \
  } while (false)

// The same, with a std::string of your own that says what was the case.
#define CHECK_SAY(condition, why)                                                                                   \
  do {                                                                                                              \
    if (!(condition)) ::mapisync::check::Fail(__FILE__, __LINE__, "not true: " #condition ", " + std::string(why)); \
  } while (false)
