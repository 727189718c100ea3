// libFuzzer: any bytes as scenario.txt. What is read must keep to the documented bounds.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sample/script/scenario.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mapisync::sample::Scenario scenario;
  const auto error = mapisync::sample::ParseScenario({reinterpret_cast<const char*>(data), size}, &scenario);
  if (error) {
    if (error->message.empty() || !scenario.steps.empty() || scenario.options != 0) std::abort();
    for (const char c : error->message) {
      if (c < 0x20 || c > 0x7E) std::abort();
    }
    return 0;
  }
  std::size_t units = 0;
  for (const mapisync::sample::ScenarioStep& step : scenario.steps) {
    units += step.text ? step.text->size() : 0;
    if (step.line == 0 || step.rounds == 0 || step.repeat == 0) std::abort();
    if (step.threads == 0 || step.threads > mapisync::sample::kMaxScenarioThreads) std::abort();
  }
  if (units > mapisync::sample::kMaxScenarioTextUnits || scenario.steps.size() > mapisync::sample::kMaxScenarioSteps)
    std::abort();
  if (scenario.ReturnIndex() > scenario.steps.size()) std::abort();
  return 0;
}
