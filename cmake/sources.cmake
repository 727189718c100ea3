# The sources, by name, from the list that binding.gyp reads as well: native/sources.gypi, which is JSON and gyp at once.

set(_list ${CMAKE_SOURCE_DIR}/native/sources.gypi)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${_list})
file(READ ${_list} _json)

function(mapisync_sources group)
  string(JSON count LENGTH ${_json} variables ${group})
  set(files)
  if(count GREATER 0)
    math(EXPR last "${count} - 1")
    foreach(index RANGE ${last})
      string(JSON file GET ${_json} variables ${group} ${index})
      list(APPEND files ${CMAKE_SOURCE_DIR}/${file})
    endforeach()
  endif()
  set(${group} ${files} PARENT_SCOPE)
endfunction()

# Portable: no Windows in it, so the host's sanitizers see it.
mapisync_sources(text_sources)
mapisync_sources(events_sources)
mapisync_sources(wire_sources)
mapisync_sources(engine_portable_sources)
mapisync_sources(host_portable_sources)
mapisync_sources(sample_portable_sources)
# Windows alone.
mapisync_sources(engine_sources)
mapisync_sources(addon_sources)
mapisync_sources(sample_sources)
# For mingw-w64's run-time library alone.
mapisync_sources(mingw_sources)
