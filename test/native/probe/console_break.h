#pragma once

namespace mapisync::probe {

// Presses Ctrl-C: gives this process a console of its own, which nobody else hears, and raises the signal in it. False
// where there is no console to be had.
bool PressControlC();

}  // namespace mapisync::probe
