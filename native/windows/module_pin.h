// Keeps the module that this code is in loaded until the process ends.
#pragma once

namespace mapisync {

// Any thread, any number of times. Before the first thread of ours starts and the first callback goes out: the last
// Release of an object comes on a foreign thread, and Node unloads the addon with its last environment.
void PinThisModule();

}  // namespace mapisync
