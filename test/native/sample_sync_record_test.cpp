// The record of the last run and its journal: what is written is read again, and what is damaged is never half
// believed.

#include "sample/mailbox/sync_record.h"

#include <random>
#include <string>
#include <vector>

#include "check.h"

namespace {

using mapisync::sample::RecordChange;
using mapisync::sample::RecordedMessage;
using mapisync::sample::SyncRecord;
using Kind = mapisync::sample::RecordChange::Kind;

bool Same(const SyncRecord& a, const SyncRecord& b) {
  return a.folders() == b.folders() && a.messages() == b.messages() && a.expected_headers() == b.expected_headers();
}

RecordedMessage Message(std::uint64_t size, bool headers_only = false) {
  RecordedMessage message;
  message.stamp[0] = {size, 132'000'000'000'000'000u};
  message.stamp[1] = {size + 1, UINT64_MAX};
  message.hash[0] = headers_only ? 0 : 0xFEDCBA9876543210u;
  message.hash[1] = 1;
  message.headers_only = headers_only;
  return message;
}

SyncRecord Sample() {
  SyncRecord record;
  record.Apply({Kind::kSetFolder, u"Inbox", {}});
  record.Apply({Kind::kSetFolder, u"Inbox/\u00c4ltere \U0001F4E7", {}});
  record.Apply({Kind::kSetMessage, u"Inbox/a.eml", Message(12)});
  record.Apply({Kind::kExpectHeaders, u"Inbox/soon.eml", Message(12)});
  record.Apply(
      {Kind::kSetMessage, u"Inbox/\u00c4ltere \U0001F4E7/tab\there \xD800 \\ \xDC00.eml", Message(UINT64_MAX, true)});
  return record;
}

CASE("what is written is read again, odd names included") {
  SyncRecord read;
  CHECK(read.Read(Sample().Write()));
  CHECK(Same(read, Sample()));
  CHECK(read.Write() == Sample().Write());
  CHECK(read.Read(SyncRecord().Write()) && read.empty());
}

CASE("a journal's changes are applied in order") {
  SyncRecord record = Sample();
  std::string journal(SyncRecord::kJournalHeader);
  const std::vector<RecordChange> changes = {
      {Kind::kForgetMessage, u"Inbox/a.eml", {}},   {Kind::kSetMessage, u"b.eml", Message(3)},
      {Kind::kSetMessage, u"b.eml", Message(4)},    {Kind::kSetFolder, u"New", {}},
      {Kind::kForgetFolder, u"Inbox", {}},          {Kind::kForgetMessage, u"never.eml", {}},
      {Kind::kExpectHeaders, u"c.eml", Message(7)}, {Kind::kExpectHeaders, u"b.eml", Message(7)},
      {Kind::kSetMessage, u"b.eml", Message(5)},
  };
  SyncRecord expected = Sample();
  for (const RecordChange& change : changes) {
    journal += SyncRecord::JournalLine(change);
    expected.Apply(change);
  }
  record.ReadJournal(journal);
  CHECK(Same(record, expected));
  record.ReadJournal(journal);  // a run that was killed between writing the record and removing the journal
  CHECK(Same(record, expected));
}

CASE("a journal counts up to where its writer was killed") {
  const std::string first = SyncRecord::JournalLine({Kind::kSetFolder, u"One", {}});
  const std::string second = SyncRecord::JournalLine({Kind::kSetMessage, u"Two/longer.eml", Message(5)});
  for (std::size_t cut = 0; cut < second.size(); ++cut) {
    SyncRecord record;
    record.ReadJournal(std::string(SyncRecord::kJournalHeader) + first + second.substr(0, cut));
    CHECK(record.folders().size() == 1 && record.messages().empty());
  }
  SyncRecord record;
  record.ReadJournal("mapisync sync journal 2\n" + first);
  CHECK(record.empty());
}

CASE("half a record is no record") {
  const std::string whole = Sample().Write();
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    SyncRecord record = Sample();
    CHECK(!record.Read(whole.substr(0, cut)));
    CHECK(record.empty());
  }
}

CASE("malformed lines make a record none") {
  const std::string head = "mapisync sync record 1\n";
  for (const char* const line : {"folder",
                                 "expect-headers\t1\ta",
                                 "folder\t",
                                 "folder\t/a",
                                 "folder\ta/",
                                 "folder\ta//b",
                                 "folder\t..",
                                 "folder\ta/../b",
                                 "folder\t.",
                                 "folder\t\\",
                                 "folder\t\\u12",
                                 "folder\t\\x0041",
                                 "folder\t\xFF",
                                 "forget-folder\ta",
                                 "forget-message\ta",
                                 "frob\ta",
                                 "",
                                 "message\t1\t2\t3\t4\t5\t6\twhole",
                                 "message\t1\t2\t3\t4\t5\twhole\ta.eml",
                                 "message\t-1\t2\t3\t4\t5\t6\twhole\ta.eml",
                                 "message\t18446744073709551616\t2\t3\t4\t5\t6\twhole\ta.eml",
                                 "message\t1\t2\tG\t4\t5\t6\twhole\ta.eml",
                                 "message\t1\t2\t3\t4\t5\t6\thalf\ta.eml",
                                 "message\t\t2\t3\t4\t5\t6\twhole\ta.eml"}) {
    SyncRecord record;
    CHECK_SAY(!record.Read(head + line + "\nend\n"), line);
  }
  SyncRecord record;
  CHECK(record.Read(head + "message\t1\t2\t3\t4\t5\t6\twhole\ta.eml\nend\n"));
  CHECK(!record.Read("mapisync sync record 2\nfolder\ta\nend\n"));
  CHECK(!record.Read("") && !record.Read("folder\ta\nend\n") && !record.Read("end\n") && !record.Read(head + "end"));
}

CASE("random damage is read or refused, never more") {
  std::mt19937 random(3);
  const std::string whole = Sample().Write();
  for (int round = 0; round < 10000; ++round) {
    std::string file = whole;
    for (unsigned edits = 1 + random() % 4; edits > 0; --edits) {
      const std::size_t at = random() % file.size();
      if (random() % 2 == 0)
        file[at] = static_cast<char>(random());
      else
        file.erase(at, random() % 9);
    }
    SyncRecord record;
    if (record.Read(file)) {
      SyncRecord again;
      CHECK(again.Read(record.Write()) && Same(again, record));
    } else {
      CHECK(record.empty());
    }
    record.ReadJournal(file);
  }
}

}  // namespace

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
