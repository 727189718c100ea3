#include "sample/mailbox/sync_record.h"

#include <optional>

#include "text/surrogates.h"
#include "text/utf8.h"
#include "text/words.h"

namespace mapisync::sample {

namespace {

constexpr std::string_view kRecordHeader = "mapisync sync record 1\n";
constexpr std::string_view kFolder = "folder";
constexpr std::string_view kMessage = "message";
constexpr std::string_view kExpectHeaders = "expect-headers";
constexpr std::string_view kForgetFolder = "forget-folder";
constexpr std::string_view kForgetMessage = "forget-message";
constexpr std::string_view kEnd = "end\n";
constexpr std::string_view kWhole = "whole";
constexpr std::string_view kHeaders = "headers";
constexpr std::string_view kHexDigits = "0123456789abcdef";

void AppendPath(std::u16string_view path, std::string* line) {
  std::size_t plain = 0;  // where the run of units begins that are written as they are
  const auto flush = [&](std::size_t end) {
    AppendUtf8(path.substr(plain, end - plain), LoneSurrogate::kReplaced, line);
    plain = end + 1;
  };
  for (std::size_t at = 0; at < path.size(); ++at) {
    const char16_t unit = path[at];
    if (IsPairAt(path, at)) {
      ++at;
      continue;
    }
    if (unit >= 0x20 && unit != 0x7F && unit != u'\\' && !IsHighSurrogate(unit) && !IsLowSurrogate(unit)) continue;
    flush(at);
    *line += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) line->push_back(kHexDigits[unit >> shift & 0xF]);
  }
  flush(path.size());
}

bool IsName(std::u16string_view name) { return !name.empty() && name != u"." && name != u".."; }

std::optional<std::u16string> ReadPath(std::string_view field) {
  std::u16string path;
  while (!field.empty()) {
    const std::size_t plain = field.substr(0, field.find('\\')).size();
    if (!AppendUtf16(field.substr(0, plain), &path)) return std::nullopt;
    field.remove_prefix(plain);
    if (field.empty()) break;
    if (field.size() < 6 || field[1] != 'u') return std::nullopt;
    const std::optional<std::uint64_t> unit = ParseDigits(field.substr(2, 4), 16);
    if (!unit) return std::nullopt;
    path.push_back(static_cast<char16_t>(*unit));
    field.remove_prefix(6);
  }
  for (std::u16string_view rest = path;;) {
    const std::size_t separator = rest.find(u'/');
    if (!IsName(rest.substr(0, separator))) return std::nullopt;
    if (separator == std::u16string_view::npos) return path;
    rest.remove_prefix(separator + 1);
  }
}

std::string_view TakeField(std::string_view* line) {
  const std::size_t tab = line->find('\t');
  const std::string_view field = line->substr(0, tab);
  line->remove_prefix(tab == std::string_view::npos ? line->size() : tab + 1);
  return field;
}

// The line without its end.
std::optional<RecordChange> ReadChange(std::string_view line) {
  RecordChange change;
  const std::string_view keyword = TakeField(&line);
  if (keyword == kMessage) {
    change.kind = RecordChange::Kind::kSetMessage;
    for (std::size_t side = 0; side < 2; ++side) {
      const std::optional<std::uint64_t> size = ParseDigits(TakeField(&line), 10);
      const std::optional<std::uint64_t> modified = ParseDigits(TakeField(&line), 10);
      const std::optional<std::uint64_t> hash = ParseDigits(TakeField(&line), 16);
      if (!size || !modified || !hash) return std::nullopt;
      change.message.stamp[side] = {*size, *modified};
      change.message.hash[side] = *hash;
    }
    const std::string_view extent = TakeField(&line);
    if (extent != kWhole && extent != kHeaders) return std::nullopt;
    change.message.headers_only = extent == kHeaders;
  } else if (keyword == kExpectHeaders) {
    change.kind = RecordChange::Kind::kExpectHeaders;
    const std::optional<std::uint64_t> size = ParseDigits(TakeField(&line), 10);
    const std::optional<std::uint64_t> modified = ParseDigits(TakeField(&line), 10);
    if (!size || !modified) return std::nullopt;
    change.message.stamp[Index(Side::kServer)] = {*size, *modified};
  } else if (keyword == kForgetFolder) {
    change.kind = RecordChange::Kind::kForgetFolder;
  } else if (keyword == kForgetMessage) {
    change.kind = RecordChange::Kind::kForgetMessage;
  } else if (keyword != kFolder) {
    return std::nullopt;
  }
  std::optional<std::u16string> path = ReadPath(line);
  if (!path) return std::nullopt;
  change.path = std::move(*path);
  return change;
}

// Without a value at the end of the file, and where the last line has no end: such a line was cut.
std::optional<std::string_view> TakeLine(std::string_view* file) {
  const std::size_t length = file->find('\n');
  if (length == std::string_view::npos) return std::nullopt;
  const std::string_view line = file->substr(0, length);
  file->remove_prefix(length + 1);
  return line;
}

void AppendStamp(const FileStamp& stamp, std::string* file) {
  *file += '\t';
  *file += std::to_string(stamp.size);
  *file += '\t';
  *file += std::to_string(stamp.modified);
}

void AppendLine(const RecordChange& change, std::string* file) {
  switch (change.kind) {
    case RecordChange::Kind::kSetFolder:
      *file += kFolder;
      break;
    case RecordChange::Kind::kForgetFolder:
      *file += kForgetFolder;
      break;
    case RecordChange::Kind::kForgetMessage:
      *file += kForgetMessage;
      break;
    case RecordChange::Kind::kExpectHeaders:
      *file += kExpectHeaders;
      AppendStamp(change.message.stamp[Index(Side::kServer)], file);
      break;
    case RecordChange::Kind::kSetMessage:
      *file += kMessage;
      for (std::size_t side = 0; side < 2; ++side) {
        AppendStamp(change.message.stamp[side], file);
        *file += '\t';
        for (int shift = 60; shift >= 0; shift -= 4)
          file->push_back(kHexDigits[change.message.hash[side] >> shift & 0xF]);
      }
      *file += '\t';
      *file += change.message.headers_only ? kHeaders : kWhole;
      break;
  }
  *file += '\t';
  AppendPath(change.path, file);
  *file += '\n';
}

}  // namespace

void SyncRecord::Apply(const RecordChange& change) {
  switch (change.kind) {
    case RecordChange::Kind::kSetFolder:
      folders_.insert(change.path);
      return;
    case RecordChange::Kind::kSetMessage:
      messages_[change.path] = change.message;
      expected_headers_.erase(change.path);
      return;
    case RecordChange::Kind::kExpectHeaders:
      expected_headers_[change.path] = change.message.stamp[Index(Side::kServer)];
      return;
    case RecordChange::Kind::kForgetFolder:
      folders_.erase(change.path);
      return;
    case RecordChange::Kind::kForgetMessage:
      messages_.erase(change.path);
      expected_headers_.erase(change.path);
      return;
  }
}

std::string SyncRecord::Write() const {
  std::string file(kRecordHeader);
  for (const std::u16string& path : folders_) AppendLine({RecordChange::Kind::kSetFolder, path, {}}, &file);
  for (const auto& [path, message] : messages_) AppendLine({RecordChange::Kind::kSetMessage, path, message}, &file);
  for (const auto& [path, stamp] : expected_headers_) {
    RecordChange change{RecordChange::Kind::kExpectHeaders, path, {}};
    change.message.stamp[Index(Side::kServer)] = stamp;
    AppendLine(change, &file);
  }
  file += kEnd;
  return file;
}

bool SyncRecord::Read(std::string_view file) {
  *this = SyncRecord();
  bool good = file.starts_with(kRecordHeader) && file.ends_with(kEnd);
  if (good) {
    file.remove_prefix(kRecordHeader.size());
    file.remove_suffix(kEnd.size());
  }
  while (good && !file.empty()) {
    const std::optional<std::string_view> line = TakeLine(&file);
    const std::optional<RecordChange> change = line ? ReadChange(*line) : std::nullopt;
    good = change && change->kind != RecordChange::Kind::kForgetFolder &&
           change->kind != RecordChange::Kind::kForgetMessage;
    if (good) Apply(*change);
  }
  if (!good) *this = SyncRecord();
  return good;
}

void SyncRecord::ReadJournal(std::string_view file) {
  if (!file.starts_with(kJournalHeader)) return;
  file.remove_prefix(kJournalHeader.size());
  while (const std::optional<std::string_view> line = TakeLine(&file)) {
    const std::optional<RecordChange> change = ReadChange(*line);
    if (!change) return;
    Apply(*change);
  }
}

std::string SyncRecord::JournalLine(const RecordChange& change) {
  std::string line;
  AppendLine(change, &line);
  return line;
}

}  // namespace mapisync::sample
