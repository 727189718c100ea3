# The Windows binaries by clang, with its checks for undefined behaviour: a check that fails ends the program. Debian has no
# run-time library of the sanitizer for Windows, so nothing is reported; and g++ links, which knows where its libraries are.

set(CMAKE_SYSTEM_PROCESSOR AMD64)
set(MAPISYNC_TRIPLE x86_64-w64-mingw32)
set(MAPISYNC_ARCH x64)
include(${CMAKE_CURRENT_LIST_DIR}/mingw-w64.cmake)

set(CMAKE_CXX_COMPILER clang++)
set(CMAKE_CXX_COMPILER_TARGET ${MAPISYNC_TRIPLE})
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
# clang's own name of the guard that mingw-w64.cmake sets for GCC.
set(CMAKE_CXX_FLAGS_INIT -D__X86INTRIN_H)
set(MAPISYNC_LINKER ${MAPISYNC_TRIPLE}-g++-posix)
