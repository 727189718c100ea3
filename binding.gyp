# Building from source on Windows with Visual C++: `npm run build:native`. Not part of the npm package, whose binaries are
# built before (CMakeLists.txt). The sources are the same list: native/sources.gypi.
{
  'includes': ['native/sources.gypi'],
  'targets': [
    {
      'target_name': 'mapisync',
      'includes': ['native/visual-cpp.gypi'],
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
          # No warning where a delay-loaded program is not used.
          'AdditionalOptions': ['/ignore:4199'],
        },
      },
    },
    {
      'target_name': 'mapisync-sample',
      'includes': ['native/visual-cpp.gypi'],
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
