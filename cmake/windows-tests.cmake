# The native tests that need Windows: they drive the sample's DLL, whose path is their first argument.

# ENTRY: the name of its main function, main or wmain.
function(mapisync_windows_test name entry)
  add_executable(${name} EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/test/native/${name}.cpp ${ARGN} ${mingw_sources})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/test/native)
  target_link_libraries(${name} PRIVATE mapisync_shipped ole32 advapi32 user32 version)
  if(entry STREQUAL "wmain")
    target_link_options(${name} PRIVATE -municode)
  endif()
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  set_property(GLOBAL APPEND PROPERTY mapisync_windows_tests ${name})
endfunction()

mapisync_windows_test(engine_windows_test wmain $<TARGET_OBJECTS:engine>)
mapisync_windows_test(sample_dll_test main)

get_property(_tests GLOBAL PROPERTY mapisync_windows_tests)
add_custom_target(windows_tests DEPENDS ${_tests})
