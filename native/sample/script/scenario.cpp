#include "sample/script/scenario.h"

#include <array>
#include <utility>

#include "text/utf8.h"
#include "text/words.h"

namespace mapisync::sample {

namespace {

using Argument = StepArgument;

constexpr std::array kProgressArguments{Argument::kText, Argument::kIndex, Argument::kMax};
constexpr std::array kErrorArguments{Argument::kNumber, Argument::kText};
constexpr std::array kDoneArguments{Argument::kNumber, Argument::kOptionalHandle};
constexpr std::array kNumberArgument{Argument::kNumber};
constexpr std::array kHandleArgument{Argument::kHandle};
constexpr std::array kThingArgument{Argument::kThing};
constexpr std::span<const Argument> kNoArguments{};

constexpr std::array kStepTable{
    StepDefinition{"progress", StepKind::kProgress, kProgressArguments, true},
    StepDefinition{"error", StepKind::kError, kErrorArguments, true},
    StepDefinition{"done", StepKind::kDone, kDoneArguments, true},
    StepDefinition{"sleep", StepKind::kSleep, kNumberArgument, true},
    StepDefinition{"signal", StepKind::kSignal, kNoArguments, true},
    StepDefinition{"return", StepKind::kReturn, kNumberArgument, false},
    StepDefinition{"end", StepKind::kEnd, kNoArguments, false},
    StepDefinition{"set-event", StepKind::kSetEvent, kHandleArgument, true},
    StepDefinition{"block", StepKind::kBlock, kNoArguments, false},
    StepDefinition{"pump-message", StepKind::kPumpMessage, kNoArguments, true},
    StepDefinition{"send-message", StepKind::kSendMessage, kNoArguments, true},
    StepDefinition{"query-callback", StepKind::kQueryCallback, kNoArguments, true},
    StepDefinition{"add-ref", StepKind::kAddRef, kNumberArgument, true},
    StepDefinition{"release", StepKind::kRelease, kNumberArgument, true},
    StepDefinition{"nested", StepKind::kNested, kNoArguments, true},
    StepDefinition{"make", StepKind::kMake, kThingArgument, false},
    StepDefinition{"use", StepKind::kUse, kThingArgument, true},
    StepDefinition{"register-callback", StepKind::kRegister, kNoArguments, false},
    StepDefinition{"fetch-callback", StepKind::kFetch, kNoArguments, false},
    StepDefinition{"crash", StepKind::kCrash, kNoArguments, false},
    StepDefinition{"throw", StepKind::kThrow, kNoArguments, false},
};

constexpr std::array kOptionTable{
    OptionDefinition{"auto-reset-event", ScenarioOption::kAutoResetEvent},
    OptionDefinition{"forget-signal", ScenarioOption::kForgetSignal},
    OptionDefinition{"ignore-cancel", ScenarioOption::kIgnoreCancel},
    OptionDefinition{"no-event", ScenarioOption::kNoEvent},
    OptionDefinition{"event-on-failure", ScenarioOption::kEventOnFailure},
    OptionDefinition{"cast-callback", ScenarioOption::kCastCallback},
    OptionDefinition{"borrow-callback", ScenarioOption::kBorrowCallback},
    OptionDefinition{"keep-callback", ScenarioOption::kKeepCallback},
    OptionDefinition{"keep-session", ScenarioOption::kKeepSession},
    OptionDefinition{"outlive-session", ScenarioOption::kOutliveSession},
    OptionDefinition{"block-in-release", ScenarioOption::kBlockInRelease},
    OptionDefinition{"call-in-release", ScenarioOption::kCallInRelease},
    OptionDefinition{"query-null", ScenarioOption::kQueryNull},
    OptionDefinition{"query-stray", ScenarioOption::kQueryStray},
    OptionDefinition{"strict-flags", ScenarioOption::kStrictFlags},
};
static_assert(kOptionTable.size() == static_cast<std::size_t>(ScenarioOption::kCount));

constexpr std::array<std::pair<std::string_view, StepHandle>, 6> kHandleWords{{
    {"event", StepHandle::kEvent},
    {"null", StepHandle::kNull},
    {"other", StepHandle::kOther},
    {"invalid", StepHandle::kInvalid},
    {"closed", StepHandle::kClosed},
    {"garbage", StepHandle::kGarbage},
}};

constexpr std::array<std::pair<std::string_view, StepThing>, 3> kThingWords{{
    {"window", StepThing::kWindow},
    {"timer", StepThing::kTimer},
    {"object", StepThing::kObject},
}};

constexpr bool IsBlank(char c) { return c == ' ' || c == '\t'; }

// Reads one line from left to right. The first thing that is wrong is kept, and all that follows fails.
class LineReader {
 public:
  LineReader(std::string_view line, std::size_t text_room) : rest_(line), text_room_(text_room) { SkipBlanks(); }

  bool AtEnd() const { return rest_.empty(); }
  bool failed() const { return !error_.empty(); }
  std::string TakeError() { return std::move(error_); }
  void Fail(std::string error) {
    if (error_.empty()) error_ = std::move(error);
  }
  std::size_t text_units() const { return text_units_; }

  // The next word; empty at the end of the line.
  std::string_view Word() {
    std::size_t length = 0;
    while (length < rest_.size() && !IsBlank(rest_[length])) ++length;
    const std::string_view word = rest_.substr(0, length);
    rest_.remove_prefix(length);
    SkipBlanks();
    return word;
  }

  std::string_view PeekWord() const {
    LineReader copy(*this);
    return copy.Word();
  }

  std::uint32_t Number(std::string_view what) {
    const std::string_view word = Word();
    if (word.empty()) {
      Fail(std::string(what) + " is missing");
      return 0;
    }
    const std::optional<std::uint32_t> number = ParseNumber(word);
    if (!number) Fail(std::string(what) + " must be a number from 0 to 0xFFFFFFFF, not " + Quoted(word));
    return number.value_or(0);
  }

  std::uint32_t Count(std::string_view what, std::uint32_t most) {
    const std::uint32_t count = Number(what);
    if (count == 0 || count > most) {
      Fail(std::string(what) + " must be from 1 to " + std::to_string(most));
      return 1;
    }
    return count;
  }

  StepHandle Handle() {
    const std::string_view word = Word();
    for (const auto& [name, handle] : kHandleWords) {
      if (word == name) return handle;
    }
    Fail("a handle is event, null, other, invalid, closed or garbage, not " + Quoted(word));
    return StepHandle::kEvent;
  }

  StepThing Thing() {
    const std::string_view word = Word();
    for (const auto& [name, thing] : kThingWords) {
      if (word == name) return thing;
    }
    Fail("a thing is window, timer or object, not " + Quoted(word));
    return StepThing::kWindow;
  }

  std::optional<std::u16string> Text() {
    if (rest_.empty() || rest_[0] != '"') {
      const std::string_view word = Word();
      if (word != "null") {
        Fail(word.empty() ? "the text is missing"
                          : "a text is a string in double quotes, or null, not " + Quoted(word));
      }
      return std::nullopt;
    }
    std::u16string text;
    if (!JsonString(&text)) return std::nullopt;
    if (!rest_.empty() && rest_[0] == '*') {
      rest_.remove_prefix(1);
      const std::uint32_t times = Count("the factor behind the text", 0xFFFFFFFFu);
      if (failed()) return std::nullopt;
      if (text.size() > text_room_ / times) {
        Fail("the texts of this file are too long");
        return std::nullopt;
      }
      const std::u16string once = text;
      text.reserve(once.size() * times);
      if (!once.empty()) {
        for (std::uint32_t i = 1; i < times; ++i) text += once;
      }
    } else if (!rest_.empty() && !IsBlank(rest_[0])) {
      Fail("a blank must follow the text");
      return std::nullopt;
    }
    SkipBlanks();
    if (text.size() > text_room_) {
      Fail("the texts of this file are too long");
      return std::nullopt;
    }
    text_units_ += text.size();
    return text;
  }

 private:
  void SkipBlanks() {
    while (!rest_.empty() && IsBlank(rest_[0])) rest_.remove_prefix(1);
  }

  // rest_ begins with the opening quote.
  bool JsonString(std::u16string* text) {
    rest_.remove_prefix(1);
    for (;;) {
      std::size_t plain = 0;
      while (plain < rest_.size() && rest_[plain] != '"' && rest_[plain] != '\\') ++plain;
      if (plain == rest_.size()) {
        Fail("the text has no closing quote");
        return false;
      }
      if (!AppendUtf16(rest_.substr(0, plain), text)) {
        Fail("the text is not UTF-8");
        return false;
      }
      const bool closes = rest_[plain] == '"';
      rest_.remove_prefix(plain + 1);
      if (closes) return true;
      if (!Escape(text)) return false;
    }
  }

  // rest_ begins behind the backslash.
  bool Escape(std::u16string* text) {
    const char kind = rest_.empty() ? '\0' : rest_[0];
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::u16string_view kMeanings = u"\"\\/\b\f\n\r\t";
    if (const std::size_t index = kLetters.find(kind); kind != '\0' && index != std::string_view::npos) {
      text->push_back(kMeanings[index]);
      rest_.remove_prefix(1);
      return true;
    }
    if (kind != 'u' || rest_.size() < 5) {
      Fail("the text has a malformed escape");
      return false;
    }
    const std::optional<std::uint64_t> unit = ParseDigits(rest_.substr(1, 4), 16);
    if (!unit) {
      Fail("the text has a malformed escape");
      return false;
    }
    text->push_back(static_cast<char16_t>(*unit));
    rest_.remove_prefix(5);
    return true;
  }

  std::string_view rest_;
  std::size_t text_room_;
  std::size_t text_units_ = 0;
  std::string error_;
};

class ScenarioParser {
 public:
  explicit ScenarioParser(Scenario* scenario) : scenario_(scenario) {}

  std::optional<std::string> Line(std::string_view line, std::size_t number) {
    LineReader reader(line, kMaxScenarioTextUnits - text_units_);
    if (reader.AtEnd() || reader.PeekWord()[0] == '#') return std::nullopt;
    if (reader.PeekWord() == "option") {
      reader.Word();
      Option(&reader);
    } else {
      ScenarioStep step;
      step.line = number;
      if (Step(&reader, &step)) scenario_->steps.push_back(std::move(step));
    }
    if (!reader.AtEnd()) reader.Fail("nothing may follow, but " + Quoted(reader.PeekWord()) + " does");
    if (scenario_->steps.size() > kMaxScenarioSteps) reader.Fail("too many steps");
    if (reader.failed()) return reader.TakeError();
    text_units_ += reader.text_units();
    return std::nullopt;
  }

 private:
  void Option(LineReader* reader) {
    const std::string_view name = reader->Word();
    for (const OptionDefinition& definition : kScenarioOptions) {
      if (name != definition.name) continue;
      scenario_->options |= 1u << static_cast<unsigned>(definition.option);
      return;
    }
    reader->Fail("unknown option " + Quoted(name));
  }

  bool Step(LineReader* reader, ScenarioStep* step) {
    const bool repeated = Modifiers(reader, step);
    if (reader->failed()) return false;
    const std::string_view name = reader->Word();
    for (const StepDefinition& definition : kScenarioSteps) {
      if (name != definition.name) continue;
      if (repeated && !definition.repeatable) {
        reader->Fail(std::string(name) + " cannot stand behind repeat or threads");
        return false;
      }
      step->kind = definition.kind;
      for (const StepArgument argument : definition.arguments) {
        ReadArgument(argument, reader, step);
        if (reader->failed()) return false;
      }
      return CheckReturn(reader, *step);
    }
    reader->Fail(name.empty() ? "the step is missing" : "unknown step " + Quoted(name));
    return false;
  }

  // [repeat N] [threads N] [repeat N]
  static bool Modifiers(LineReader* reader, ScenarioStep* step) {
    bool repeat_seen = false;
    bool threads_seen = false;
    while (!reader->failed()) {
      const std::string_view word = reader->PeekWord();
      if (word == "repeat" && !repeat_seen) {
        reader->Word();
        step->repeat = reader->Count("the number behind repeat", 0xFFFFFFFFu);
        repeat_seen = true;
      } else if (word == "threads" && !threads_seen) {
        reader->Word();
        step->threads = reader->Count("the number behind threads", kMaxScenarioThreads);
        threads_seen = true;
        // What has been read so far stood in front of threads: it means rounds, and a repetition inside may follow.
        step->rounds = std::exchange(step->repeat, 1u);
        repeat_seen = false;
      } else if (word == "repeat" || word == "threads") {
        reader->Fail(Quoted(word) + " stands there too often");
      } else {
        break;
      }
    }
    return repeat_seen || threads_seen;
  }

  static void ReadArgument(StepArgument argument, LineReader* reader, ScenarioStep* step) {
    switch (argument) {
      case StepArgument::kText:
        step->text = reader->Text();
        return;
      case StepArgument::kIndex:
        if (reader->PeekWord() == "#") {
          reader->Word();
          step->counts_index = true;
        } else {
          step->number = reader->Number("the index");
        }
        return;
      case StepArgument::kNumber:
        step->number = reader->Number("the number");
        return;
      case StepArgument::kMax:
        step->max = reader->Number("the maximum");
        return;
      case StepArgument::kThing:
        step->thing = reader->Thing();
        return;
      case StepArgument::kOptionalHandle:
        if (reader->AtEnd()) return;
        [[fallthrough]];
      case StepArgument::kHandle:
        step->handle = reader->Handle();
        return;
    }
  }

  bool CheckReturn(LineReader* reader, const ScenarioStep& step) {
    if (step.kind != StepKind::kReturn) return true;
    if (returned_) {
      reader->Fail("a second return");
      return false;
    }
    returned_ = true;
    return true;
  }

  Scenario* scenario_;
  std::size_t text_units_ = 0;
  bool returned_ = false;
};

}  // namespace

const std::span<const StepDefinition> kScenarioSteps{kStepTable};
const std::span<const OptionDefinition> kScenarioOptions{kOptionTable};

std::size_t Scenario::ReturnIndex() const {
  std::size_t index = 0;
  while (index < steps.size() && steps[index].kind != StepKind::kReturn) ++index;
  return index;
}

std::optional<ScenarioError> ParseScenario(std::string_view file, Scenario* scenario) {
  *scenario = Scenario();
  if (file.size() > kMaxScenarioBytes) return ScenarioError{0, "the file is too large"};
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (file.substr(0, kByteOrderMark.size()) == kByteOrderMark) file.remove_prefix(kByteOrderMark.size());
  ScenarioParser parser(scenario);
  for (std::size_t number = 1; !file.empty(); ++number) {
    const std::size_t length = file.find('\n');
    std::string_view line = file.substr(0, length);
    file.remove_prefix(length == std::string_view::npos ? file.size() : length + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (std::optional<std::string> error = parser.Line(line, number)) {
      *scenario = Scenario();
      return ScenarioError{number, std::move(*error)};
    }
  }
  return std::nullopt;
}

}  // namespace mapisync::sample
