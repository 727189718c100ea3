// The parser of scenario.txt: its language line by line, what it refuses and how it says so, and bytes of every kind.

#include "sample/script/scenario.h"

#include <random>
#include <string>

#include "check.h"

namespace {

using mapisync::sample::ParseScenario;
using mapisync::sample::Scenario;
using mapisync::sample::ScenarioOption;
using mapisync::sample::ScenarioStep;
using mapisync::sample::StepHandle;
using mapisync::sample::StepKind;
using mapisync::sample::StepThing;

Scenario Parsed(std::string_view file) {
  Scenario scenario;
  const auto error = ParseScenario(file, &scenario);
  CHECK_SAY(!error, error->message);
  return scenario;
}

ScenarioStep OneStep(std::string_view file) {
  const Scenario scenario = Parsed(file);
  CHECK(scenario.steps.size() == 1);
  return scenario.steps[0];
}

std::string Refusal(std::string_view file) {
  Scenario scenario;
  const auto error = ParseScenario(file, &scenario);
  CHECK_SAY(error.has_value(), std::string(file));
  CHECK(scenario.steps.empty() && scenario.options == 0);
  return std::to_string(error->line) + ": " + error->message;
}

CASE("an empty scenario has no steps") {
  CHECK(Parsed("").steps.empty());
  CHECK(Parsed("\n\r\n  \t\n# a note\n  # another").steps.empty());
  CHECK(Parsed("").ReturnIndex() == 0);
}

CASE("every step of the contract is read with its arguments") {
  const Scenario scenario = Parsed(
      "\xEF\xBB\xBFprogress \"Inbox\" 1 10\r\n"
      "progress null 2 0xA\n"
      "error 0x80040115 \"server is gone\"\n"
      "return 0x0\n"
      "sleep 20\n"
      "signal\n"
      "done 0x80040115\n"
      "done 0 closed\n"
      "end");
  CHECK(scenario.steps.size() == 9);
  CHECK(scenario.steps[0].kind == StepKind::kProgress && scenario.steps[0].text == u"Inbox");
  CHECK(scenario.steps[0].number == 1 && scenario.steps[0].max == 10 && scenario.steps[0].line == 1);
  CHECK(!scenario.steps[1].text && scenario.steps[1].number == 2 && scenario.steps[1].max == 10);
  CHECK(scenario.steps[2].kind == StepKind::kError && scenario.steps[2].number == 0x80040115u);
  CHECK(scenario.steps[2].text == u"server is gone");
  CHECK(scenario.steps[3].kind == StepKind::kReturn && scenario.ReturnIndex() == 3);
  CHECK(scenario.steps[4].kind == StepKind::kSleep && scenario.steps[4].number == 20);
  CHECK(scenario.steps[5].kind == StepKind::kSignal);
  CHECK(scenario.steps[6].kind == StepKind::kDone && scenario.steps[6].handle == StepHandle::kEvent);
  CHECK(scenario.steps[7].handle == StepHandle::kClosed && scenario.steps[7].line == 8);
  CHECK(scenario.steps[8].kind == StepKind::kEnd);
}

CASE("without a return line every step runs in the thread") {
  const Scenario scenario = Parsed("sleep 1\nsignal\n");
  CHECK(scenario.ReturnIndex() == scenario.steps.size());
}

CASE("the misbehaving steps are read") {
  const Scenario scenario = Parsed(
      "set-event garbage\npump-message\nquery-callback\nadd-ref 1000\nrelease 1\nnested\nblock\ncrash\nthrow\ndone 0 "
      "invalid\n");
  CHECK(scenario.steps.size() == 10);
  CHECK(scenario.steps[0].kind == StepKind::kSetEvent && scenario.steps[0].handle == StepHandle::kGarbage);
  CHECK(scenario.steps[3].number == 1000);
  CHECK(scenario.steps[9].handle == StepHandle::kInvalid);
}

CASE("a thing is made once and used often") {
  const Scenario scenario = Parsed("make object\nreturn 0\nrepeat 3 use window\nregister-callback\nfetch-callback\n");
  CHECK(scenario.steps[0].kind == StepKind::kMake && scenario.steps[0].thing == StepThing::kObject);
  CHECK(scenario.steps[2].kind == StepKind::kUse && scenario.steps[2].thing == StepThing::kWindow);
  CHECK(scenario.steps[2].repeat == 3);
  CHECK(scenario.steps[3].kind == StepKind::kRegister && scenario.steps[4].kind == StepKind::kFetch);
}

CASE("every step that the table names can be written") {
  for (const auto& definition : mapisync::sample::kScenarioSteps) {
    std::string line(definition.name);
    for (const auto argument : definition.arguments) {
      switch (argument) {
        case mapisync::sample::StepArgument::kText:
          line += " \"x\"";
          break;
        case mapisync::sample::StepArgument::kHandle:
        case mapisync::sample::StepArgument::kOptionalHandle:
          line += " other";
          break;
        case mapisync::sample::StepArgument::kThing:
          line += " timer";
          break;
        default:
          line += " 7";
      }
    }
    CHECK(OneStep(line).kind == definition.kind);
    Scenario scenario;
    CHECK(ParseScenario("repeat 2 threads 3 repeat 4 " + line, &scenario).has_value() == !definition.repeatable);
  }
}

CASE("every option that the table names can be set, and no other") {
  for (const auto& definition : mapisync::sample::kScenarioOptions) {
    const Scenario scenario = Parsed("option " + std::string(definition.name));
    CHECK(scenario.Has(definition.option));
    CHECK(scenario.options == 1u << static_cast<unsigned>(definition.option));
  }
  CHECK(Parsed("option no-event\noption ignore-cancel\n").Has(ScenarioOption::kIgnoreCancel));
  CHECK(Refusal("option kind") == "1: unknown option \"kind\"");
  CHECK(Refusal("option") == "1: unknown option \"\"");
}

CASE("repeat and threads combine") {
  ScenarioStep step = OneStep("repeat 1000000 progress \"x\" 1 2");
  CHECK(step.repeat == 1000000 && step.threads == 1 && step.rounds == 1);
  step = OneStep("threads 50 repeat 1000 progress \"x\" # 1000");
  CHECK(step.repeat == 1000 && step.threads == 50 && step.rounds == 1 && step.counts_index);
  step = OneStep("repeat 3 threads 2 signal");
  CHECK(step.repeat == 1 && step.threads == 2 && step.rounds == 3);
  step = OneStep("repeat 3 threads 2 repeat 5 signal");
  CHECK(step.repeat == 5 && step.threads == 2 && step.rounds == 3);
}

CASE("texts are JSON strings, lone surrogates and NUL included") {
  CHECK(OneStep("error 1 \"\"").text == u"");
  CHECK(OneStep("error 1 \"\\\"\\\\\\/\\b\\f\\n\\r\\t\"").text == u"\"\\/\b\f\n\r\t");
  const std::u16string odd = *OneStep("error 1 \"a\\ud800b\\uFFFF\\u0000c\"").text;
  CHECK(odd.size() == 6 && odd[1] == 0xD800 && odd[3] == 0xFFFF && odd[4] == 0 && odd[5] == u'c');
  CHECK(OneStep("error 1 \"\xC3\xA4\xF0\x9F\x93\xA7\"").text == u"\u00e4\U0001F4E7");
  CHECK(OneStep("error 1 \"# a\\tb  c\"").text == u"# a\tb  c");
}

CASE("a text can be multiplied, within bounds") {
  CHECK(OneStep("error 1 \"ab\"*3").text == u"ababab");
  CHECK(OneStep("error 1 \"x\"*1048576").text->size() == 1048576);
  CHECK(OneStep("error 1 \"\"*4000000000").text == u"");
  CHECK(Refusal("error 1 \"abc\"*4000000000") == "1: the texts of this file are too long");
  CHECK(Refusal("error 1 \"x\"*20000000\nerror 1 \"x\"*20000000") == "2: the texts of this file are too long");
  CHECK(Refusal("error 1 \"x\"*0") == "1: the factor behind the text must be from 1 to 4294967295");
}

CASE("what is malformed is refused, with its line and what came") {
  CHECK(Refusal("signal\n\nfrob 1\n") == "3: unknown step \"frob\"");
  CHECK(Refusal("signal now") == "1: nothing may follow, but \"now\" does");
  CHECK(Refusal("sleep") == "1: the number is missing");
  CHECK(Refusal("sleep -1") == "1: the number must be a number from 0 to 0xFFFFFFFF, not \"-1\"");
  CHECK(Refusal("sleep 4294967296") == "1: the number must be a number from 0 to 0xFFFFFFFF, not \"4294967296\"");
  CHECK(Refusal("sleep 0x") == "1: the number must be a number from 0 to 0xFFFFFFFF, not \"0x\"");
  CHECK(Refusal("sleep 99999999999999999999999999") ==
        "1: the number must be a number from 0 to 0xFFFFFFFF, not \"99999999999999999999999999\"");
  CHECK(Refusal("progress Inbox 1 2") == "1: a text is a string in double quotes, or null, not \"Inbox\"");
  CHECK(Refusal("progress \"Inbox\" 1") == "1: the maximum is missing");
  CHECK(Refusal("progress \"Inbox 1 2") == "1: the text has no closing quote");
  CHECK(Refusal("error 1 \"\\x\"") == "1: the text has a malformed escape");
  CHECK(Refusal("error 1 \"\\u12g4\"") == "1: the text has a malformed escape");
  CHECK(Refusal("error 1 \"\\u12") == "1: the text has a malformed escape");
  CHECK(Refusal("error 1 \"\xFF\"") == "1: the text is not UTF-8");
  CHECK(Refusal("error 1 \"\xED\xA0\x80\"") == "1: the text is not UTF-8");
  CHECK(Refusal("error 1 \"a\"b") == "1: a blank must follow the text");
  CHECK(Refusal("error 1") == "1: the text is missing");
  CHECK(Refusal("done 0 mine") == "1: a handle is event, null, other, invalid, closed or garbage, not \"mine\"");
  CHECK(Refusal("make door") == "1: a thing is window, timer or object, not \"door\"");
  CHECK(Refusal("repeat 0 signal") == "1: the number behind repeat must be from 1 to 4294967295");
  CHECK(Refusal("threads 1001 signal") == "1: the number behind threads must be from 1 to 1000");
  CHECK(Refusal("threads 2 threads 2 signal") == "1: \"threads\" stands there too often");
  CHECK(Refusal("repeat 2 repeat 2 signal") == "1: \"repeat\" stands there too often");
  CHECK(Refusal("repeat 2") == "1: the step is missing");
  CHECK(Refusal("repeat 2 return 0") == "1: return cannot stand behind repeat or threads");
  CHECK(Refusal("return 0\nreturn 0") == "2: a second return");
  CHECK(Refusal("\x01\x02\"\xFF") == "1: unknown step \"????\"");
  CHECK(Refusal(std::string(100, 'y')) == "1: unknown step \"" + std::string(40, 'y') + "...\"");
}

CASE("no file can take more memory than the bounds allow") {
  CHECK(Refusal(std::string(mapisync::sample::kMaxScenarioBytes + 1, '\n')) == "0: the file is too large");
  std::string many;
  for (std::size_t i = 0; i <= mapisync::sample::kMaxScenarioSteps; ++i) many += "end\n";
  CHECK(Refusal(many) == std::to_string(mapisync::sample::kMaxScenarioSteps + 1) + ": too many steps");
}

CASE("random bytes and damaged scenarios are read or refused, never more") {
  std::mt19937 random(20261124);
  const std::string good =
      "progress \"Inbox\" 1 10\nthreads 5 repeat 10 error 0x80040115 \"\\ud83d\\ude00\"*2\noption no-event\ndone 0 "
      "null\nreturn 1\n";
  for (int round = 0; round < 20000; ++round) {
    std::string file = round % 2 == 0 ? good : std::string(random() % 60, '\0');
    if (round % 2 == 1) {
      for (char& c : file) c = static_cast<char>(random());
    }
    for (unsigned edits = random() % 4; edits > 0 && !file.empty(); --edits) {
      const std::size_t at = random() % file.size();
      if (random() % 2 == 0)
        file[at] = static_cast<char>(random());
      else
        file.erase(at, random() % 5);
    }
    Scenario scenario;
    const auto error = ParseScenario(file, &scenario);
    if (error) CHECK(!error->message.empty() && scenario.steps.empty());
  }
}

}  // namespace

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
