# What Node's common.gypi says about Visual C++ (a Node that was built with shared libraries), and no more. node-gyp includes that file of the installed headers beside its
# own addon.gypi; the values of both win over what binding.gyp has in target_defaults.
{
  'target_defaults': {
    'default_configuration': 'Release',
    'configurations': {
      'Debug': {
        'msvs_settings': {
          'VCCLCompilerTool': { 'RuntimeLibrary': 3 },
        },
      },
      'Release': {
        'msvs_settings': {
          'VCCLCompilerTool': { 'RuntimeLibrary': 2, 'RuntimeTypeInfo': 'false' },
        },
      },
    },
    'defines': ['_GLIBCXX_USE_CXX11_ABI=1', '_FILE_OFFSET_BITS=64', 'WIN32'],
    'msvs_settings': {
      'VCCLCompilerTool': {
        'AdditionalOptions': ['/Zc:__cplusplus', '-std:c++17'],
        'ExceptionHandling': 0,
        'WarnAsError': 'false',
        'WarningLevel': 3,
      },
    },
    'msvs_disabled_warnings': [4351, 4355, 4800, 4251, 4275, 4244, 4267],
    'conditions': [
      ['target_arch=="x64"', {'msvs_configuration_platform': 'x64'}],
    ],
  },
}
