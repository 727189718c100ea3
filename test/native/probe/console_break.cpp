#include "console_break.h"

#include <windows.h>

namespace mapisync::probe {

bool PressControlC() {
  // Whatever console there was is shared with the test runner.
  FreeConsole();
  if (AllocConsole() == FALSE) return false;
  // A process that was started in a group of its own ignores Ctrl-C until it asks for it.
  SetConsoleCtrlHandler(nullptr, FALSE);
  return GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0) != FALSE;
}

}  // namespace mapisync::probe
