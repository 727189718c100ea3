{
  "variables": {
    "text_sources": [
      "native/text/utf8.cpp",
      "native/text/words.cpp"
    ],
    "events_sources": [
      "native/events/event_channel.cpp",
      "native/events/event_queue.cpp"
    ],
    "wire_sources": [
      "native/wire/frame_reader.cpp",
      "native/wire/frame_splitter.cpp"
    ],
    "engine_portable_sources": [
      "native/engine/run/bounded_answer.cpp",
      "native/engine/library/library_search.cpp",
      "native/engine/library/load_failure.cpp",
      "native/engine/library/pe_header.cpp",
      "native/engine/session/row_reader.cpp",
      "native/engine/run/sync_sink.cpp",
      "native/engine/run/sync_state.cpp",
      "native/windows/long_path.cpp"
    ],
    "engine_sources": [
      "native/windows/alarm.cpp",
      "native/engine/session/call_thread.cpp",
      "native/engine/imapisync/done_event.cpp",
      "native/windows/named_thread.cpp",
      "native/engine/session/extended_error.cpp",
      "native/engine/library/file_version.cpp",
      "native/engine/session/keeper.cpp",
      "native/engine/library/library.cpp",
      "native/windows/module_pin.cpp",
      "native/engine/session/profile_list.cpp",
      "native/engine/imapisync/progress_callback.cpp",
      "native/engine/session/mapi_engine.cpp",
      "native/engine/session/mapi_session.cpp",
      "native/engine/session/session_register.cpp",
      "native/engine/session/session_core.cpp",
      "native/engine/session/session_thread.cpp",
      "native/engine/session/mapi_store.cpp",
      "native/engine/session/store_core.cpp",
      "native/engine/imapisync/store_sync_job.cpp",
      "native/engine/imapisync/sync_interface.cpp",
      "native/engine/session/table_rows.cpp",
      "native/windows/text_encoding.cpp"
    ],
    "host_portable_sources": [
      "native/host/hosted_run.cpp",
      "native/host/rows_on_wire.cpp",
      "native/host/server.cpp"
    ],
    "addon_sources": [
      "native/addon/addon.cpp",
      "native/addon/environment.cpp",
      "native/addon/inbox.cpp",
      "native/addon/pending_promise.cpp",
      "native/addon/run_object.cpp",
      "native/addon/session_object.cpp",
      "native/addon/store_object.cpp",
      "native/addon/value_conversion.cpp",
      "native/delay_load/host_program.cpp"
    ],
    "sample_portable_sources": [
      "native/sample/mailbox/eml_header.cpp",
      "native/sample/mapi/entry_id.cpp",
      "native/sample/mapi/live_counters.cpp",
      "native/windows/long_path.cpp",
      "native/sample/mapi/mapi_memory.cpp",
      "native/sample/profile/profile_options.cpp",
      "native/sample/script/scenario.cpp",
      "native/sample/mapi/session_state.cpp",
      "native/sample/mailbox/sync_executor.cpp",
      "native/sample/mailbox/sync_planner.cpp",
      "native/sample/mailbox/sync_record.cpp",
      "native/sample/mailbox/sync_tree.cpp"
    ],
    "sample_sources": [
      "native/sample/mapi/books.cpp",
      "native/sample/script/callback_questions.cpp",
      "native/sample/script/caller_thread.cpp",
      "native/sample/mapi/client_call.cpp",
      "native/sample/mapi/done_event.cpp",
      "native/sample/mapi/exports.cpp",
      "native/windows/folder_reader.cpp",
      "native/sample/mailbox/folder_tree.cpp",
      "native/sample/mapi/last_error.cpp",
      "native/sample/mapi/logon.cpp",
      "native/sample/mailbox/mailbox_run.cpp",
      "native/sample/mailbox/mailbox_sync.cpp",
      "native/sample/script/message_window.cpp",
      "native/windows/module_pin.cpp",
      "native/windows/named_thread.cpp",
      "native/sample/profile/profile.cpp",
      "native/sample/mapi/profile_admin.cpp",
      "native/sample/mapi/properties.cpp",
      "native/sample/mapi/sample_session.cpp",
      "native/sample/mapi/sample_thread.cpp",
      "native/sample/mapi/sample_store.cpp",
      "native/sample/script/scripted_run.cpp",
      "native/sample/mapi/status_object.cpp",
      "native/sample/profile/store_contents.cpp",
      "native/sample/mapi/store_rows.cpp",
      "native/sample/mapi/subsystem.cpp",
      "native/sample/mailbox/sync_record_file.cpp",
      "native/sample/mapi/sync_request.cpp",
      "native/sample/mapi/sync_run.cpp",
      "native/sample/mapi/table.cpp",
      "native/sample/mapi/table_builder.cpp",
      "native/windows/text_encoding.cpp"
    ],
    "mingw_sources": [
      "native/mingw/library_errors.cpp",
      "native/mingw/terminate_handler.cpp"
    ]
  }
}
