{
  "variables": {
    "events_sources": [
      "native/events/event_channel.cpp",
      "native/events/event_queue.cpp"
    ],
    "engine_portable_sources": [
      "native/engine/library_search.cpp",
      "native/engine/load_failure.cpp",
      "native/engine/pe_header.cpp",
      "native/engine/row_reader.cpp",
      "native/engine/sync_sink.cpp",
      "native/engine/sync_state.cpp",
      "native/engine/utf8.cpp"
    ],
    "engine_sources": [
      "native/engine/alarm.cpp",
      "native/engine/bounded_answer.cpp",
      "native/engine/call_thread.cpp",
      "native/engine/done_event.cpp",
      "native/engine/engine_thread.cpp",
      "native/engine/extended_error.cpp",
      "native/engine/file_version.cpp",
      "native/engine/keeper.cpp",
      "native/engine/library.cpp",
      "native/engine/module_pin.cpp",
      "native/engine/profile_list.cpp",
      "native/engine/progress_callback.cpp",
      "native/engine/session.cpp",
      "native/engine/session_core.cpp",
      "native/engine/session_thread.cpp",
      "native/engine/store.cpp",
      "native/engine/store_core.cpp",
      "native/engine/store_sync_job.cpp",
      "native/engine/sync_interface.cpp",
      "native/engine/table_rows.cpp",
      "native/engine/wide.cpp"
    ],
    "addon_sources": [
      "native/addon/addon.cpp",
      "native/addon/environment.cpp",
      "native/addon/inbox.cpp",
      "native/addon/run_object.cpp",
      "native/addon/session_object.cpp",
      "native/addon/store_object.cpp",
      "native/addon/value_conversion.cpp",
      "native/addon/waker.cpp",
      "native/delay_load/host_program.cpp"
    ],
    "sample_portable_sources": [
      "native/sample/eml_header.cpp",
      "native/sample/entry_id.cpp",
      "native/sample/live_counters.cpp",
      "native/sample/long_path.cpp",
      "native/sample/mapi_memory.cpp",
      "native/sample/scenario.cpp",
      "native/sample/sync_record.cpp",
      "native/sample/sync_tree.cpp",
      "native/sample/utf8.cpp"
    ],
    "sample_sources": [
      "native/sample/folder_reader.cpp",
      "native/sample/last_error.cpp",
      "native/sample/properties.cpp",
      "native/sample/text_encoding.cpp"
    ]
  }
}
