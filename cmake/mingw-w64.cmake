# Debian's mingw-w64, the variant with POSIX threads. MAPISYNC_TRIPLE comes from mingw-w64-x64.cmake or mingw-w64-ia32.cmake.

set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_CXX_COMPILER ${MAPISYNC_TRIPLE}-g++-posix)
set(CMAKE_RC_COMPILER ${MAPISYNC_TRIPLE}-windres)
set(MAPISYNC_DLLTOOL ${MAPISYNC_TRIPLE}-dlltool)
set(CMAKE_FIND_ROOT_PATH /usr/${MAPISYNC_TRIPLE})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)

# windows.h reads x86intrin.h, every vector instruction that there is: a quarter of the time a file takes. Nothing here uses
# one, so the header finds its own guard set.
set(CMAKE_CXX_FLAGS_INIT -D_X86INTRIN_H_INCLUDED)
