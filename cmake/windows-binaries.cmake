# The addon and the sample MAPI, for Windows. They need nothing but Windows beside them: the run-time libraries are linked in.

include(${CMAKE_CURRENT_LIST_DIR}/node-import-library.cmake)

if(NOT DEFINED MAPISYNC_ARCH)
  if(CMAKE_SIZEOF_VOID_P EQUAL 8)
    set(MAPISYNC_ARCH x64)
  else()
    set(MAPISYNC_ARCH ia32)
  endif()
endif()
set(MAPISYNC_PACKAGE ${CMAKE_SOURCE_DIR} CACHE PATH "the package that the binaries are built into")
set(MAPISYNC_OUTPUT ${MAPISYNC_PACKAGE}/prebuilds/win32-${MAPISYNC_ARCH})

add_library(mapisync_shipped INTERFACE)
target_link_libraries(mapisync_shipped INTERFACE mapisync_strictness)
if(NOT MSVC)
  # For size, but on x64, where nearly every program is, for what a provider's every call goes through, and for the sample's
  # loop of them, which the benchmark times. Nothing here asks for a type at run time.
  target_compile_options(mapisync_shipped INTERFACE
    -Os -fno-rtti -ffunction-sections -fdata-sections "-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=")
  if(MAPISYNC_ARCH STREQUAL x64)
    set_source_files_properties(${events_sources}
      ${CMAKE_SOURCE_DIR}/native/engine/run/sync_sink.cpp ${CMAKE_SOURCE_DIR}/native/engine/imapisync/progress_callback.cpp
      ${CMAKE_SOURCE_DIR}/native/sample/script/scripted_run.cpp
      PROPERTIES COMPILE_OPTIONS -O2)
  endif()
  # Without time stamps the same sources give the same bytes.
  target_link_options(mapisync_shipped INTERFACE -static -s LINKER:--gc-sections,--no-insert-timestamp)
endif()

function(mapisync_module name output suffix)
  add_library(${name} MODULE ${ARGN})
  target_link_libraries(${name} PRIVATE mapisync_shipped)
  if(MINGW)
    target_sources(${name} PRIVATE ${mingw_sources})
  endif()
  set_target_properties(${name} PROPERTIES
    OUTPUT_NAME ${output} PREFIX "" SUFFIX ${suffix} MSVC_RUNTIME_LIBRARY MultiThreaded
    LIBRARY_OUTPUT_DIRECTORY ${MAPISYNC_OUTPUT} LIBRARY_OUTPUT_DIRECTORY_RELEASE ${MAPISYNC_OUTPUT})
endfunction()

add_library(engine OBJECT ${engine_sources} ${engine_portable_sources} ${events_sources} ${text_sources})
target_link_libraries(engine PRIVATE mapisync_shipped)
set_target_properties(engine PROPERTIES MSVC_RUNTIME_LIBRARY MultiThreaded)

mapisync_module(addon mapisync .node ${addon_sources} $<TARGET_OBJECTS:engine>)
target_link_libraries(addon PRIVATE node_api ole32 advapi32 user32 version)

# The .def file spells the exported names as MAPI clients ask for them, plain and decorated.
set(_exports ${CMAKE_SOURCE_DIR}/native/sample/mapi/mapisync-sample.def)
mapisync_module(sample mapisync-sample .dll ${sample_sources} ${sample_portable_sources} ${text_sources})
set_target_properties(sample PROPERTIES LINK_DEPENDS ${_exports})
target_link_libraries(sample PRIVATE ole32 advapi32 user32)
if(MSVC)
  target_link_options(sample PRIVATE /DEF:${_exports})
else()
  target_link_options(sample PRIVATE ${_exports} LINKER:--enable-stdcall-fixup)
endif()

# The ABI test: compiling it is the test, and mingw-w64's compiler alone understands it.
if(NOT MSVC)
  find_program(NODE_PROGRAM node NO_CMAKE_FIND_ROOT_PATH REQUIRED)
  file(GLOB _declarations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/native/mapi/*.h)
  set(_tests ${CMAKE_SOURCE_DIR}/test/native)
  set(_checks ${CMAKE_BINARY_DIR}/generated/abi_checks.inc)
  add_custom_command(OUTPUT ${_checks} VERBATIM
    COMMAND ${NODE_PROGRAM} ${_tests}/abi_checks.mjs ${_checks}
    DEPENDS ${_tests}/abi_checks.mjs ${_tests}/abi-facts.tsv ${_declarations})
  add_executable(abi_test EXCLUDE_FROM_ALL ${_tests}/abi_test.cpp ${_checks})
  target_include_directories(abi_test PRIVATE ${CMAKE_BINARY_DIR}/generated)
  target_link_libraries(abi_test PRIVATE mapisync_strictness)
  target_compile_options(abi_test PRIVATE -O2)
  target_link_options(abi_test PRIVATE -static)
endif()
