// Does the steps of a plan, one after another, and keeps the record's journal up with them. Portable.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "sample/mailbox/sync_planner.h"
#include "sample/mailbox/sync_record.h"
#include "sample/mailbox/sync_tree.h"

namespace mapisync::sample {

// One scale for the whole run: listing and planning, whose length nobody knows before, have a fixed share at its
// beginning.
inline constexpr std::uint32_t kProgressMax = 10'000;
inline constexpr std::uint32_t kProgressLocalListing = 150;  // where the server's listing is done
inline constexpr std::uint32_t kProgressPlanning = 300;      // where both are
inline constexpr std::uint32_t kProgressSteps = 500;         // where the plan is

// Both answer whether to go on.
class SyncListener {
 public:
  virtual ~SyncListener() = default;
  virtual bool OnProgress(std::u16string_view folder, std::uint32_t index) = 0;  // of kProgressMax
  virtual bool OnProblem(const SyncProblem& problem) = 0;
};

// Hears of changes to the record when what they say has become true. They must have been handed to the operating
// system, in this order, when the call returns.
class SyncJournal {
 public:
  virtual ~SyncJournal() = default;
  virtual void Note(std::span<const RecordChange> changes) = 0;
};

enum class SyncOutcome : std::uint8_t { kDone, kPartial, kCancelled };

struct SyncTools {
  MailboxTrees* trees = nullptr;
  SyncJournal* journal = nullptr;
  SyncListener* listener = nullptr;
};

SyncOutcome DoSteps(const SyncPlan& plan, const SyncTools& tools);

}  // namespace mapisync::sample
