# The benchmark's own addon, built from source on Windows; elsewhere cmake/bench.cmake does it.
{
  "targets": [
    {
      "target_name": "bench",
      "sources": [
        "addon.cpp",
        "default_store.cpp",
        "empty_callback.cpp",
        "plain_callback.cpp",
        "process_threads.cpp",
        "synchronization.cpp"
      ],
      "include_dirs": ["../../../native", "<!(node -p \"require('node-addon-api').include_dir\")"],
      "defines": [
        "NAPI_VERSION=8",
        "NODE_ADDON_API_CPP_EXCEPTIONS_ALL",
        "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS",
        "UNICODE",
        "_UNICODE",
        "NOMINMAX",
        "WIN32_LEAN_AND_MEAN"
      ],
      "msvs_settings": {
        "VCCLCompilerTool": {
          "ExceptionHandling": 1,
          "AdditionalOptions": ["/std:c++20", "/utf-8", "/permissive-", "/Zc:__cplusplus"]
        }
      }
    }
  ]
}
