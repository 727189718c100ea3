# The benchmark's own addon: the clients that mapisync is measured against. `npm run bench` asks for it; nobody else does.

set(_client ${CMAKE_SOURCE_DIR}/test/bench/client)
add_library(bench MODULE EXCLUDE_FROM_ALL
  ${_client}/addon.cpp
  ${_client}/default_store.cpp
  ${_client}/empty_callback.cpp
  ${_client}/plain_callback.cpp
  ${_client}/process_threads.cpp
  ${_client}/synchronization.cpp
  ${CMAKE_SOURCE_DIR}/native/delay_load/host_program.cpp)
target_link_libraries(bench PRIVATE mapisync_shipped node_api)
set_target_properties(bench PROPERTIES
  OUTPUT_NAME bench PREFIX "" SUFFIX .node MSVC_RUNTIME_LIBRARY MultiThreaded
  LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench LIBRARY_OUTPUT_DIRECTORY_RELEASE ${CMAKE_BINARY_DIR}/bench)
