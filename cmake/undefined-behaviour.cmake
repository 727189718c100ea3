# For the preset ubsan: what the compiler adds, and the linker. See mingw-w64-ubsan.cmake.

execute_process(COMMAND ${MAPISYNC_LINKER} -print-file-name=include/c++
  OUTPUT_VARIABLE _library OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
include_directories(SYSTEM ${_library} ${_library}/${MAPISYNC_TRIPLE})
# GCC keeps thread-local variables that way on Windows, and its library is linked in.
add_compile_options(-fsanitize=undefined -fsanitize-trap=all -femulated-tls)
foreach(_rule CREATE_SHARED_MODULE CREATE_SHARED_LIBRARY LINK_EXECUTABLE)
  string(REPLACE "<CMAKE_CXX_COMPILER>" ${MAPISYNC_LINKER} CMAKE_CXX_${_rule} "${CMAKE_CXX_${_rule}}")
endforeach()
