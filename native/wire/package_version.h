// The package's version, as package.json has it; a test compares the two. The resource compiler reads this file too.
#pragma once

#define MAPISYNC_VERSION_TEXT "0.1.0"
#define MAPISYNC_VERSION_NUMBERS 0, 1, 0, 0
