# What each target of binding.gyp asks of Visual C++. It is included in the targets themselves, for node-gyp's own files
# win over what stands in target_defaults.
{
  # native/delay_load/ finds Node-API in programs of any name. A second hook would not link.
  'win_delay_load_hook': 'false',
  'include_dirs': ['.'],
  'defines': ['UNICODE', '_UNICODE', 'NOMINMAX', 'WIN32_LEAN_AND_MEAN'],
  # 4324: alignas makes a structure longer. That is what we ask alignas for.
  'msvs_disabled_warnings': [4324],
  'msvs_settings': {
    'VCCLCompilerTool': {
      'LanguageStandard': 'stdcpp20',
      'ExceptionHandling': 1,
      'WarningLevel': 4,
      'WarnAsError': 'true',
      # Node's own choice, which would come after LanguageStandard on the compiler's command line.
      'AdditionalOptions!': ['-std:c++17', '-std:c++20'],
      'AdditionalOptions': ['/permissive-', '/sdl', '/guard:cf', '/utf-8', '/Zc:__cplusplus'],
    },
    'VCLinkerTool': {
      'AdditionalOptions': ['/guard:cf'],
    },
  },
  # The run-time libraries are linked in. Node's file chooses them for each configuration, so ours must do so, too.
  'configurations': {
    'Debug': {
      'msvs_settings': {'VCCLCompilerTool': {'RuntimeLibrary': 1}},
    },
    'Release': {
      'msvs_settings': {'VCCLCompilerTool': {'RuntimeLibrary': 0}},
    },
  },
}
