# `node_api`: what an addon links to for Node-API. The functions are in the program that loads the addon, under whatever
# name it runs (node.exe, electron.exe, a renamed copy), so they are delay-loaded and native/delay_load/ finds them there.

set(_headers ${CMAKE_SOURCE_DIR}/node_modules/node-api-headers)
add_library(node_api INTERFACE)
target_include_directories(node_api SYSTEM INTERFACE ${_headers}/include ${CMAKE_SOURCE_DIR}/node_modules/node-addon-api)
target_compile_definitions(node_api INTERFACE
  NAPI_VERSION=8 NODE_ADDON_API_CPP_EXCEPTIONS_ALL NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS)

foreach(_part node_api js_native_api)
  set(_definitions ${_headers}/def/${_part}.def)
  if(MSVC)
    set(_library ${CMAKE_BINARY_DIR}/${_part}.lib)
    add_custom_command(OUTPUT ${_library} DEPENDS ${_definitions} VERBATIM
      COMMAND ${CMAKE_AR} /nologo /def:${_definitions} /name:node.exe /out:${_library}
              /machine:$<IF:$<EQUAL:${CMAKE_SIZEOF_VOID_P},8>,x64,x86>)
  else()
    set(_library ${CMAKE_BINARY_DIR}/lib${_part}.a)
    add_custom_command(OUTPUT ${_library} DEPENDS ${_definitions} VERBATIM
      COMMAND ${MAPISYNC_DLLTOOL} --input-def ${_definitions} --dllname node.exe --output-delaylib ${_library})
  endif()
  add_custom_target(${_part}_library DEPENDS ${_library})
  add_dependencies(node_api ${_part}_library)
  target_link_libraries(node_api INTERFACE ${_library})
endforeach()

if(MSVC)
  target_link_libraries(node_api INTERFACE delayimp)
  target_link_options(node_api INTERFACE /DELAYLOAD:node.exe /ignore:4199)
else()
  target_link_options(node_api INTERFACE LINKER:--as-needed)
  target_link_libraries(node_api INTERFACE delayimp)
endif()
