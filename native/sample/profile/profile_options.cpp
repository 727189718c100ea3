#include "sample/profile/profile_options.h"

#include <utility>

#include "text/words.h"

namespace mapisync::sample {
namespace {

constexpr std::uint32_t kMaxRows = 1'000'000;
constexpr std::uint32_t kMaxNameLength = 1'000'000;

std::string_view NextWord(std::string_view* line) {
  const std::size_t begin = line->find_first_not_of(" \t");
  if (begin == std::string_view::npos) {
    *line = {};
    return {};
  }
  std::size_t end = line->find_first_of(" \t", begin);
  if (end == std::string_view::npos) end = line->size();
  const std::string_view word = line->substr(begin, end - begin);
  line->remove_prefix(end);
  return word;
}

struct Arguments {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
};

struct OptionRow {
  std::string_view name;
  int argument_count;
  void (*apply)(const Arguments&, ProfileOptions*);
};

constexpr OptionRow kOptions[] = {
    {"rows", 1, [](const Arguments& a, ProfileOptions* o) { o->rows = a.first; }},
    {"name-length", 1, [](const Arguments& a, ProfileOptions* o) { o->name_length = a.first; }},
    {"missing", 1,
     [](const Arguments& a, ProfileOptions* o) {
       o->properties.push_back({PropertyQuirk::Kind::kMissing, a.first, 0});
     }},
    {"error", 2,
     [](const Arguments& a, ProfileOptions* o) {
       o->properties.push_back({PropertyQuirk::Kind::kError, a.first, a.second});
     }},
    {"null", 1,
     [](const Arguments& a, ProfileOptions* o) {
       o->properties.push_back({PropertyQuirk::Kind::kNull, a.first, 0});
     }},
    {"fewer-values", 0, [](const Arguments&, ProfileOptions* o) { o->fewer_values = true; }},
    {"one-row-at-a-time", 0, [](const Arguments&, ProfileOptions* o) { o->one_row_at_a_time = true; }},
    {"no-row-count", 0, [](const Arguments&, ProfileOptions* o) { o->no_row_count = true; }},
    {"approximate-row-count", 0, [](const Arguments&, ProfileOptions* o) { o->approximate_row_count = true; }},
    {"ansi-only", 0, [](const Arguments&, ProfileOptions* o) { o->ansi_only = true; }},
    {"logon", 1, [](const Arguments& a, ProfileOptions* o) { o->logon_result = a.first; }},
    {"block-logon", 0, [](const Arguments&, ProfileOptions* o) { o->block_logon = true; }},
    {"block-logoff", 0, [](const Arguments&, ProfileOptions* o) { o->block_logoff = true; }},
    {"open-store", 1, [](const Arguments& a, ProfileOptions* o) { o->open_store_result = a.first; }},
    {"refuse-open-flags", 1, [](const Arguments& a, ProfileOptions* o) { o->refused_open_flags = a.first; }},
    {"slow-logoff", 1, [](const Arguments& a, ProfileOptions* o) { o->slow_logoff_ms = a.first; }},
    {"alias-entry-ids", 0, [](const Arguments&, ProfileOptions* o) { o->alias_entry_ids = true; }},
    {"busy", 1, [](const Arguments& a, ProfileOptions* o) { o->busy_answers = a.first; }},
    {"books", 0, [](const Arguments&, ProfileOptions* o) { o->books = true; }},
};

std::optional<std::string> ParseLine(std::string_view line, ProfileOptions* options) {
  const std::string_view name = NextWord(&line);
  const OptionRow* row = nullptr;
  for (const OptionRow& one : kOptions) {
    if (one.name == name) row = &one;
  }
  if (row == nullptr) return "unknown option " + Quoted(name);
  Arguments arguments;
  std::uint32_t* const slots[] = {&arguments.first, &arguments.second};
  for (int i = 0; i < row->argument_count; ++i) {
    const std::string_view word = NextWord(&line);
    const std::optional<std::uint32_t> number = ParseNumber(word);
    if (!number) return std::string(name) + ": not a number: " + Quoted(word);
    *slots[i] = *number;
  }
  const std::string_view rest = NextWord(&line);
  if (!rest.empty()) return std::string(name) + ": too much: " + Quoted(rest);
  row->apply(arguments, options);
  if (options->rows.value_or(0) > kMaxRows) return "rows: more than " + std::to_string(kMaxRows);
  if (options->name_length > kMaxNameLength) return "name-length: more than " + std::to_string(kMaxNameLength);
  return std::nullopt;
}

}  // namespace

std::optional<ProfileOptionError> ParseProfileOptions(std::string_view source, ProfileOptions* options) {
  if (source.starts_with("\xEF\xBB\xBF")) source.remove_prefix(3);
  for (int number = 1; !source.empty(); ++number) {
    const std::size_t end = source.find('\n');
    std::string_view line = source.substr(0, end);
    source.remove_prefix(end == std::string_view::npos ? source.size() : end + 1);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    if (std::optional<std::string> problem = ParseLine(line, options)) {
      return ProfileOptionError{number, std::move(*problem)};
    }
  }
  return std::nullopt;
}

}  // namespace mapisync::sample
