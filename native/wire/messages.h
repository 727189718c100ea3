// What the program and the host say to each other: one structure for each frame of docs/wire.md, with its fields in the
// frame's order. Portable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "events/event_channel.h"

namespace mapisync::wire {

inline constexpr std::uint32_t kProtocol = 1;

// The bounds of docs/wire.md.
inline constexpr std::uint32_t kMaxFrameBytes = 4194304;
inline constexpr std::uint32_t kMaxFirstFrameBytes = 1024;
inline constexpr std::uint32_t kMaxTextUnits = 1048576;
inline constexpr std::uint32_t kMaxDataBytes = 65536;
inline constexpr std::uint32_t kMaxItems = 65536;
inline constexpr std::uint32_t kMaxEvents = 65536;
inline constexpr std::uint64_t kMaxNumber = 9007199254740991;

// Each structure hands its fields, in order, to a codec (codec.h), which reads or writes them.
#define MAPISYNC_WIRE_FRAME(kind, name)       \
  static constexpr std::uint8_t kKind = kind; \
  static constexpr const char* kName = name;  \
  template <typename Codec, typename Self>    \
  static void Fields(Codec& codec, Self& self)

struct Hello {
  std::uint32_t protocol = kProtocol;
  std::uint8_t bits = 0;
  std::u16string version;
  MAPISYNC_WIRE_FRAME(1, "hello") {
    codec.Magic();
    codec(self.protocol);
    codec.Bits(self.bits);
    codec(self.version);
  }
};

// To the host.

struct ListProfiles {
  std::uint32_t id = 0;
  std::optional<std::u16string> mapi_path;
  MAPISYNC_WIRE_FRAME(16, "list profiles") { codec(self.id, self.mapi_path); }
};

struct LogOn {
  std::uint32_t id = 0;
  std::optional<std::u16string> mapi_path;
  std::optional<std::u16string> profile;
  bool ui = false;
  bool join = false;
  bool transports = false;
  bool service = false;
  MAPISYNC_WIRE_FRAME(17, "log on") {
    codec(self.id, self.mapi_path, self.profile, self.ui, self.join, self.transports, self.service);
  }
};

struct ListStores {
  std::uint32_t id = 0;
  MAPISYNC_WIRE_FRAME(18, "list stores") { codec(self.id); }
};

struct OpenStore {
  std::uint32_t id = 0;
  std::vector<std::uint8_t> entry_id;
  MAPISYNC_WIRE_FRAME(19, "open store") { codec(self.id, self.entry_id); }
};

struct CloseStore {
  std::uint32_t id = 0;
  std::uint32_t store = 0;
  std::uint32_t grace_ms = 0;
  MAPISYNC_WIRE_FRAME(20, "close store") { codec(self.id, self.store, self.grace_ms); }
};

struct ReleaseStore {
  std::uint32_t store = 0;
  MAPISYNC_WIRE_FRAME(21, "release store") { codec(self.store); }
};

struct CloseSession {
  std::uint32_t id = 0;
  std::uint32_t grace_ms = 0;
  MAPISYNC_WIRE_FRAME(22, "close session") { codec(self.id, self.grace_ms); }
};

struct Synchronize {
  std::uint32_t run = 0;
  std::uint32_t store = 0;
  std::uint32_t flags = 0;
  bool every = false;
  std::uint32_t timeout_ms = 0;
  std::uint32_t stall_ms = 0;
  std::uint32_t hold_ms = 0;
  MAPISYNC_WIRE_FRAME(23, "synchronize") {
    codec(self.run, self.store, self.flags, self.every, self.timeout_ms, self.stall_ms, self.hold_ms);
  }
};

struct Credit {
  std::uint32_t run = 0;
  std::uint32_t events = 0;
  std::uint32_t bytes = 0;
  MAPISYNC_WIRE_FRAME(24, "credit") {
    codec(self.run);
    codec.EventCount(self.events);
    codec(self.bytes);
  }
};

struct Cancel {
  std::uint32_t run = 0;
  MAPISYNC_WIRE_FRAME(25, "cancel") { codec(self.run); }
};

struct WhenReturned {
  std::uint32_t id = 0;
  std::uint32_t run = 0;
  MAPISYNC_WIRE_FRAME(26, "when returned") { codec(self.id, self.run); }
};

struct WhenLetGo {
  std::uint32_t id = 0;
  std::uint32_t run = 0;
  std::uint32_t grace_ms = 0;
  MAPISYNC_WIRE_FRAME(27, "when let go") { codec(self.id, self.run, self.grace_ms); }
};

struct ReleaseRun {
  std::uint32_t run = 0;
  MAPISYNC_WIRE_FRAME(28, "release run") { codec(self.run); }
};

struct Abandon {
  std::uint32_t id = 0;
  MAPISYNC_WIRE_FRAME(29, "abandon") { codec(self.id); }
};

// To the program.

struct Profile {
  std::u16string name;
  bool is_default = false;
  template <typename Codec, typename Self>
  static void Fields(Codec& codec, Self& self) {
    codec(self.name, self.is_default);
  }
};

struct Profiles {
  std::uint32_t id = 0;
  std::vector<Profile> rows;
  MAPISYNC_WIRE_FRAME(64, "profiles") { codec(self.id, self.rows); }
};

struct LoggedOn {
  std::uint32_t id = 0;
  std::optional<std::u16string> profile;
  std::u16string mapi_path;
  std::optional<std::u16string> mapi_version;
  std::u16string found_by;
  MAPISYNC_WIRE_FRAME(65, "logged on") {
    codec(self.id, self.profile, self.mapi_path, self.mapi_version, self.found_by);
  }
};

struct StoreRow {
  std::vector<std::uint8_t> entry_id;
  std::u16string display_name;
  bool is_default = false;
  std::vector<std::uint8_t> provider_uid;
  std::optional<std::u16string> provider_name;
  template <typename Codec, typename Self>
  static void Fields(Codec& codec, Self& self) {
    codec(self.entry_id, self.display_name, self.is_default, self.provider_uid, self.provider_name);
  }
};

struct Stores {
  std::uint32_t id = 0;
  std::vector<StoreRow> rows;
  MAPISYNC_WIRE_FRAME(66, "stores") { codec(self.id, self.rows); }
};

struct StoreOpened {
  std::uint32_t id = 0;
  std::uint32_t store = 0;
  StoreRow row;
  bool can_synchronize = false;
  MAPISYNC_WIRE_FRAME(67, "store opened") { codec(self.id, self.store, self.row, self.can_synchronize); }
};

struct StoreClosed {
  std::uint32_t id = 0;
  bool let_go = false;
  MAPISYNC_WIRE_FRAME(68, "store closed") { codec(self.id, self.let_go); }
};

struct SessionClosed {
  std::uint32_t id = 0;
  std::uint32_t abandoned = 0;
  MAPISYNC_WIRE_FRAME(69, "session closed") { codec(self.id, self.abandoned); }
};

struct Returned {
  std::uint32_t id = 0;
  std::optional<std::uint32_t> hresult;
  MAPISYNC_WIRE_FRAME(70, "returned") { codec(self.id, self.hresult); }
};

struct LetGo {
  std::uint32_t id = 0;
  bool let_go = false;
  MAPISYNC_WIRE_FRAME(71, "let go") { codec(self.id, self.let_go); }
};

struct Failed {
  std::uint32_t id = 0;
  std::u16string operation;
  std::uint32_t hresult = 0;
  std::u16string detail;
  std::u16string symbol;
  MAPISYNC_WIRE_FRAME(72, "failure") { codec(self.id, self.operation, self.hresult, self.detail, self.symbol); }
};

struct Abandoned {
  std::uint32_t id = 0;
  MAPISYNC_WIRE_FRAME(73, "abandoned") { codec(self.id); }
};

struct Counts {
  std::uint64_t updates = 0;
  std::uint64_t problems = 0;
  std::uint64_t bytes_in_use = 0;
  std::optional<std::uint32_t> done;
  template <typename Codec, typename Self>
  static void Fields(Codec& codec, Self& self) {
    codec(self.updates, self.problems, self.bytes_in_use, self.done);
  }
};

struct Events {
  std::uint32_t run = 0;
  Counts counts;
  EventBatch batch;
  MAPISYNC_WIRE_FRAME(74, "events") {
    codec(self.run, self.counts);
    codec.Batch(self.batch);
  }
};

struct Ended {
  std::uint32_t run = 0;
  Counts counts;
  MAPISYNC_WIRE_FRAME(75, "ended") { codec(self.run, self.counts); }
};

#undef MAPISYNC_WIRE_FRAME

using ToHost = std::variant<Hello, ListProfiles, LogOn, ListStores, OpenStore, CloseStore, ReleaseStore, CloseSession,
                            Synchronize, Credit, Cancel, WhenReturned, WhenLetGo, ReleaseRun, Abandon>;
using ToProgram = std::variant<Hello, Profiles, LoggedOn, Stores, StoreOpened, StoreClosed, SessionClosed, Returned,
                               LetGo, Failed, Abandoned, Events, Ended>;

}  // namespace mapisync::wire
