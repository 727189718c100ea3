# The native unit tests: the portable parts, on the host, under the sanitizers that MAPISYNC_SANITIZERS names.

set(MAPISYNC_SANITIZERS "address,undefined" CACHE STRING "what to give to -fsanitize")

add_library(mapisync_sanitized INTERFACE)
target_link_libraries(mapisync_sanitized INTERFACE mapisync_strictness)
target_compile_options(mapisync_sanitized INTERFACE
  -g -O1 -fno-omit-frame-pointer -fsanitize=${MAPISYNC_SANITIZERS} -fno-sanitize-recover=all)
target_link_options(mapisync_sanitized INTERFACE -fsanitize=${MAPISYNC_SANITIZERS})

find_package(Threads REQUIRED)

# A library a part, as in the binaries: the engine and the sample never see each other.
function(mapisync_portable_part name)
  add_library(${name} STATIC ${ARGN})
  target_link_libraries(${name} PUBLIC mapisync_sanitized Threads::Threads)
endfunction()
mapisync_portable_part(text ${text_sources})
mapisync_portable_part(events ${events_sources})
mapisync_portable_part(engine ${engine_portable_sources})
target_link_libraries(engine PUBLIC events text)
mapisync_portable_part(sample ${sample_portable_sources})
target_link_libraries(sample PUBLIC text)

# test/native/NAME.cpp, a test of one PART. THREADS: it starts threads; those tests alone are built for the thread sanitizer.
function(mapisync_host_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "THREADS" "PART" "")
  if(MAPISYNC_SANITIZERS STREQUAL "thread" AND NOT arg_THREADS)
    return()
  endif()
  add_executable(${name} ${CMAKE_SOURCE_DIR}/test/native/${name}.cpp)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/test/native)
  target_link_libraries(${name} PRIVATE ${arg_PART})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
endfunction()

mapisync_host_test(engine_done_event_state_test PART engine)
mapisync_host_test(engine_let_go_rule_test PART engine)
mapisync_host_test(engine_library_search_test PART engine)
mapisync_host_test(engine_log_on_flags_test PART engine)
mapisync_host_test(engine_row_reader_test PART engine)
mapisync_host_test(engine_run_limits_test PART engine)
mapisync_host_test(engine_run_waiters_test PART engine)
mapisync_host_test(engine_stall_watch_test PART engine)
mapisync_host_test(engine_sync_sink_test PART engine THREADS)
mapisync_host_test(engine_run_state_test PART engine)
mapisync_host_test(events_channel_test PART events THREADS)
mapisync_host_test(sample_eml_header_test PART sample)
mapisync_host_test(sample_scenario_test PART sample)
mapisync_host_test(sample_sync_record_test PART sample)
mapisync_host_test(sample_sync_test PART sample)
mapisync_host_test(text_utf8_test PART text)
