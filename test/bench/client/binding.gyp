# The benchmark's own addon, built from source on Windows; elsewhere cmake/bench.cmake does it.
{
  "targets": [
    {
      "target_name": "bench",
      "includes": ["../../../native/visual-cpp.gypi"],
      "sources": [
        "addon.cpp",
        "default_store.cpp",
        "empty_callback.cpp",
        "plain_callback.cpp",
        "process_threads.cpp",
        "synchronization.cpp",
        "../../../native/delay_load/host_program.cpp"
      ],
      "include_dirs": ["<!(node -p \"require('node-addon-api').include_dir\")"],
      "libraries": ["delayimp.lib"],
      "msvs_settings": {
        "VCLinkerTool": { "DelayLoadDLLs": ["node.exe"], "AdditionalOptions": ["/ignore:4199"] }
      },
      "defines": ["NAPI_VERSION=8", "NODE_ADDON_API_CPP_EXCEPTIONS_ALL", "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS"]
    }
  ]
}
