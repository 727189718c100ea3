# Building from source on Windows with Visual C++: `npm run build:native`. Not part of the npm package, whose binaries are
# built before (CMakeLists.txt). The sources are the same list: native/sources.gypi.
{
  'includes': ['native/sources.gypi'],
  'target_defaults': {
    'include_dirs': ['native'],
    'defines': ['UNICODE', '_UNICODE', 'NOMINMAX', 'WIN32_LEAN_AND_MEAN'],
    # Node-API is found by native/delay_load/, which serves programs of any name; node-gyp's own hook is not needed.
    'win_delay_load_hook': 'false',
    'msvs_settings': {
      'VCCLCompilerTool': {
        'LanguageStandard': 'stdcpp20',
        'ExceptionHandling': 1,
        'RuntimeLibrary': 0,
        'WarningLevel': 4,
        'WarnAsError': 'true',
        'AdditionalOptions': ['/permissive-', '/sdl', '/guard:cf', '/utf-8', '/Zc:__cplusplus'],
      },
      'VCLinkerTool': {
        'AdditionalOptions': ['/guard:cf'],
      },
    },
  },
  'targets': [
    {
      'target_name': 'mapisync',
      'sources': [
        '<@(addon_sources)',
        '<@(engine_sources)',
        '<@(engine_portable_sources)',
        '<@(events_sources)',
        '<@(text_sources)',
      ],
      'include_dirs': ["<!(node -p \"require('node-addon-api').include_dir\")"],
      'defines': [
        'NAPI_VERSION=8',
        'NODE_ADDON_API_CPP_EXCEPTIONS_ALL',
        'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
      ],
      'libraries': ['delayimp.lib', 'ole32.lib', 'advapi32.lib', 'user32.lib', 'version.lib'],
      'msvs_settings': {
        'VCLinkerTool': {
          'DelayLoadDLLs': ['node.exe'],
          'AdditionalOptions': ['/ignore:4199'],
        },
      },
    },
    {
      'target_name': 'mapisync-sample',
      'type': 'shared_library',
      'product_extension': 'dll',
      'sources': [
        '<@(sample_sources)',
        '<@(sample_portable_sources)',
        '<@(text_sources)',
        'native/sample/mapi/mapisync-sample.def',
      ],
      'libraries': ['ole32.lib', 'advapi32.lib', 'user32.lib'],
    },
  ],
}
