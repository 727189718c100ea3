// The counters of this process, written into profile folders, so that a test can read them after the process has ended.
#pragma once

#include <string>

namespace mapisync::sample {

// From now on WriteBooks writes books.json into this folder. The option `books` in a profile's options.txt asks for it.
void KeepBooksIn(const std::wstring& folder);

// Any thread, also inside DllMain: writes books.json, one JSON object, into each folder that KeepBooksIn was given.
// Called when a session has logged off, after a fast shutdown and each call that comes later, when MAPI has been
// uninitialised, and when the process ends.
void WriteBooks() noexcept;

}  // namespace mapisync::sample
