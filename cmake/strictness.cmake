# What every target of ours is compiled with: C++20 as the standard has it, and warnings that are errors.

add_library(mapisync_strictness INTERFACE)
target_compile_features(mapisync_strictness INTERFACE cxx_std_20)
target_include_directories(mapisync_strictness INTERFACE ${CMAKE_SOURCE_DIR}/native)
target_compile_definitions(mapisync_strictness INTERFACE UNICODE _UNICODE NOMINMAX WIN32_LEAN_AND_MEAN)
if(MSVC)
  # 4324: alignas makes a structure longer. That is what we ask alignas for.
  target_compile_options(mapisync_strictness INTERFACE /W4 /WX /wd4324 /permissive- /sdl /guard:cf /utf-8 /Zc:__cplusplus)
  target_link_options(mapisync_strictness INTERFACE /guard:cf)
else()
  target_compile_options(mapisync_strictness INTERFACE -Wall -Wextra -Wpedantic -Werror)
endif()
