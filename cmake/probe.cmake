# The tests' own addon: what they ask about the process they run in. Built with everything else, never shipped.

set(_probe ${CMAKE_SOURCE_DIR}/test/native/probe)
add_library(probe MODULE
  ${_probe}/addon.cpp
  ${_probe}/console_break.cpp
  ${_probe}/process_use.cpp
  ${_probe}/sample_counters.cpp
  ${CMAKE_SOURCE_DIR}/native/delay_load/host_program.cpp)
target_link_libraries(probe PRIVATE mapisync_shipped node_api)
set_target_properties(probe PROPERTIES
  OUTPUT_NAME probe PREFIX "" SUFFIX .node MSVC_RUNTIME_LIBRARY MultiThreaded
  LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/probe LIBRARY_OUTPUT_DIRECTORY_RELEASE ${CMAKE_BINARY_DIR}/probe)
