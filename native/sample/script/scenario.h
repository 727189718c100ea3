// The scripted store's scenario.txt: what a provider is to do, one step a line. Portable C++20: the parser takes bytes
// and answers steps; carrying them out is the scripted store's business.
//
// The language (UTF-8; a byte order mark, CRLF and LF are fine; blank lines and lines that start with # are ignored):
//
//   [repeat N] [threads N] [repeat N] STEP   N times in a row; from N threads at once; N times in each of them
//   option NAME                              how the store behaves as a whole; the names are in kScenarioOptions
//
// Numbers are decimal or 0x hexadecimal, 32 bits. TEXT is a JSON string (with all its escapes, so that lone surrogates,
// U+FFFF and NUL can be written), optionally followed by *N without a blank ("ab"*3 is "ababab"), or the word null.
// The steps and their arguments are in kScenarioSteps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mapisync::sample {

enum class StepKind : std::uint8_t {
  kProgress,       // progress TEXT INDEX MAX    IMAPISyncProgressCallback::Progress; INDEX may be # (see counts_index)
  kError,          // error HRESULT TEXT         IMAPISyncProgressCallback::Error
  kDone,           // done HRESULT [HANDLE]      IMAPISyncProgressCallback::Done; the event's handle unless one is named
  kSleep,          // sleep MS
  kSignal,         // signal                     sets the done event
  kReturn,         // return HRESULT             what SynchronizeInBackground answers; what follows runs in a thread
  kEnd,            // end                        the thread ends there: no signal, nothing more is released
  kSetEvent,       // set-event HANDLE           writes *phSyncDoneEvent anew, whenever the step runs
  kBlock,          // block                      never goes on
  kPumpMessage,    // pump-message               posts a message to a window of its own and waits until that has arrived
  kSendMessage,    // send-message               waits until the thread that opened the store has answered a message
  kQueryCallback,  // query-callback             asks the callback for every interface it can think of
  kAddRef,         // add-ref N                  references the callback N times and keeps the references
  kRelease,        // release N                  releases the callback N times; more than it holds is the point
  kNested,         // nested                     a Progress call from inside another call into the client
  kMake,           // make THING                 makes a thing that belongs to the thread of this step; before `return`,
                   //                            that is the thread that called SynchronizeInBackground
  kUse,            // use THING                  waits, on another thread, until the thing's thread has served it
  kRegister,       // register-callback          puts the callback into the global interface table
  kFetch,          // fetch-callback             from here on calls what the global interface table gives for it
  kCrash,          // crash                      an access violation
  kThrow,          // throw                      a C++ exception, through the call into whoever called
};

// Which handle goes with a step.
enum class StepHandle : std::uint8_t {
  kEvent,    // event    the done event itself
  kNull,     // null     NULL
  kOther,    // other    another event, made for this step
  kInvalid,  // invalid  INVALID_HANDLE_VALUE
  kClosed,   // closed   a handle that has been closed
  kGarbage,  // garbage  a number that never was a handle
};

// What a provider may make on its caller's thread. Each is served only while that thread pumps messages.
enum class StepThing : std::uint8_t {
  kWindow,  // window  a message-only window
  kTimer,   // timer   a timer of Windows that calls a function
  kObject,  // object  a COM object of that thread's apartment, which other threads call through a proxy
};

enum class ScenarioOption : std::uint8_t {
  kAutoResetEvent,  // auto-reset-event     the done event resets itself when a wait has seen it
  kForgetSignal,    // forget-signal        the done event is never signalled
  kIgnoreCancel,    // ignore-cancel        goes on although the callback has answered with a failure
  kNoEvent,         // no-event             *phSyncDoneEvent is never written, and there is no event
  kEventOnFailure,  // event-on-failure     writes the event although the call fails
  kCastCallback,    // cast-callback        takes punkCallBack for the callback without asking it
  kBorrowCallback,  // borrow-callback      the same, and without a reference to it
  kKeepCallback,    // keep-callback        never releases its reference to the callback
  kKeepSession,     // keep-session         never releases its reference to the session
  kOutliveSession,  // outlive-session      keeps calling although the session has been logged off
  kBlockInRelease,  // block-in-release     the store's last Release does not come back
  kCallInRelease,   // call-in-release      the store's last Release calls the callback of its last run
  kQueryNull,       // query-null           QueryInterface(IID_IMAPISync) answers S_OK and NULL
  kQueryStray,      // query-stray          QueryInterface(IID_IMAPISync) answers E_NOINTERFACE and a pointer
  kStrictFlags,     // strict-flags         bits of ulFlags that MAPISIB does not document are MAPI_E_UNKNOWN_FLAGS
  kCount,
};

struct ScenarioStep {
  StepKind kind = StepKind::kEnd;
  StepHandle handle = StepHandle::kEvent;
  StepThing thing = StepThing::kWindow;
  bool counts_index = false;           // progress ... # MAX: the index is the number of the repetition, from 1
  std::optional<std::u16string> text;  // without a value: NULL
  std::uint32_t number = 0;            // INDEX, HRESULT, MS or N
  std::uint32_t max = 0;               // progress: MAX
  std::uint32_t rounds = 1;            // repeat N in front of threads: so often, one round after another,
  std::uint32_t threads = 1;           // in so many threads at once (1: in the thread that runs the scenario),
  std::uint32_t repeat = 1;            // so often in each of them
  std::size_t line = 0;                // where it stands, from 1
};

struct Scenario {
  std::vector<ScenarioStep> steps;
  std::uint32_t options = 0;  // bits, by ScenarioOption

  bool Has(ScenarioOption option) const { return (options >> static_cast<unsigned>(option) & 1u) != 0; }
  // Where `return` stands; steps.size() where there is none (S_OK at once, and every step in the thread).
  std::size_t ReturnIndex() const;
};

struct ScenarioError {
  std::size_t line = 0;  // from 1; 0: the file as a whole
  std::string message;   // UTF-8, one line: unknown step "frob"
};

// The bounds, so that no file can take more memory than it is worth.
inline constexpr std::size_t kMaxScenarioBytes = 32 * 1024 * 1024;
inline constexpr std::size_t kMaxScenarioSteps = 100'000;
inline constexpr std::size_t kMaxScenarioTextUnits = 32 * 1024 * 1024;  // of all texts together
inline constexpr std::uint32_t kMaxScenarioThreads = 1000;

// What an argument of a step is.
enum class StepArgument : std::uint8_t { kText, kIndex, kNumber, kMax, kHandle, kOptionalHandle, kThing };

struct StepDefinition {
  std::string_view name;
  StepKind kind;
  std::span<const StepArgument> arguments;
  bool repeatable;  // may stand behind repeat and threads
};

struct OptionDefinition {
  std::string_view name;
  ScenarioOption option;
};

extern const std::span<const StepDefinition> kScenarioSteps;
extern const std::span<const OptionDefinition> kScenarioOptions;

// Any bytes. Answers what is wrong, or nothing; `*scenario` is whole only then. Throws nothing but std::bad_alloc.
std::optional<ScenarioError> ParseScenario(std::string_view file, Scenario* scenario);

}  // namespace mapisync::sample
