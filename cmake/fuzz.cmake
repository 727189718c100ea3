# The fuzz targets, for Clang's libFuzzer: scripts/fuzz.mjs asks for them; nobody else does.

if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  return()
endif()

# A library a part, as in host-tests.cmake, but with the coverage that leads the fuzzer.
function(mapisync_fuzzed_part name)
  add_library(fuzzed_${name} STATIC EXCLUDE_FROM_ALL ${ARGN})
  target_link_libraries(fuzzed_${name} PUBLIC mapisync_strictness)
  target_compile_options(fuzzed_${name} PUBLIC
    -g -O1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
endfunction()
mapisync_fuzzed_part(engine ${engine_portable_sources} ${text_sources})
mapisync_fuzzed_part(wire ${wire_sources})
mapisync_fuzzed_part(sample ${sample_portable_sources} ${text_sources})

# test/fuzz/NAME_fuzz.cpp, which is to break something of one PART.
function(mapisync_fuzz_target name part)
  add_executable(${name}_fuzz EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/test/fuzz/${name}_fuzz.cpp)
  target_link_libraries(${name}_fuzz PRIVATE fuzzed_${part})
  target_link_options(${name}_fuzz PRIVATE -fsanitize=fuzzer,address,undefined)
  set_target_properties(${name}_fuzz PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
endfunction()
mapisync_fuzz_target(scenario sample)
mapisync_fuzz_target(eml_header sample)
mapisync_fuzz_target(sync_record sample)
mapisync_fuzz_target(row_reader engine)
mapisync_fuzz_target(wire wire)
