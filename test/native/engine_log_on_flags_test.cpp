// The flags, against the table of the reference.
#include "check.h"
#include "engine/session/log_on_flags.h"

namespace mapisync {
namespace {

LogOnOptions Options(bool named, bool ui, bool join, bool transports) {
  LogOnOptions options;
  if (named) options.profile = u"Work";
  options.ui = ui;
  options.join = join;
  options.transports = transports;
  return options;
}

CASE("a script logs on to the default profile, or to a named one, without the spooler") {
  CHECK(LogOnFlags(Options(false, false, false, false)) == 0x80008062);
  CHECK(LogOnFlags(Options(true, false, false, false)) == 0x80008022);
}

CASE("with transports the spooler knows the session") {
  CHECK(LogOnFlags(Options(false, false, false, true)) == 0x80000062);
  CHECK(LogOnFlags(Options(true, false, false, true)) == 0x80000022);
}

CASE("who joins asks for no session of its own, and names no profile") {
  CHECK(LogOnFlags(Options(false, false, true, false)) == 0x80000020);
  CHECK(LogOnFlags(Options(false, false, true, true)) == 0x80000020);
}

CASE("ui allows dialogs, there and when a store is opened") {
  CHECK(LogOnFlags(Options(true, true, false, true)) == 0x80000023);
  CHECK((OpenStoreFlags(Options(true, true, false, true)).front() & mapi::MDB_NO_DIALOG) == 0);
  for (const std::uint32_t flags : OpenStoreFlags(Options(true, false, false, false))) {
    CHECK((flags & mapi::MDB_NO_DIALOG) != 0);
  }
}

CASE("a service says so, and never has the spooler know it") {
  LogOnOptions options = Options(true, false, false, true);
  options.service = true;
  CHECK(LogOnFlags(options) == 0x80018022);
}

CASE("a store is opened for writing first, and with what is granted last") {
  CHECK(OpenStoreFlags(Options(true, false, false, false)).front() == 0x85);
  CHECK(OpenStoreFlags(Options(true, false, false, false)).back() == 0x11);
  CHECK(OpenStoreFlags(Options(true, false, false, true)).front() == 0x5);
}

}  // namespace
}  // namespace mapisync

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
