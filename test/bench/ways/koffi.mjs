/** No addon at all: the DLL called, and its calls taken, through the koffi package. */
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { sampleMapi } from 'mapisync/testing';

const MAPI_MULTITHREAD_NOTIFICATIONS = 0x1;
const MAPI_NO_COINIT = 0x8;
const MAPI_NEW_SESSION = 0x2;
const MAPI_EXTENDED = 0x20;
const MAPI_NO_MAIL = 0x8000;
const MAPI_UNICODE = 0x80000000;
const MDB_NO_DIALOG = 0x1;
const MAPI_BEST_ACCESS = 0x10;
const PR_ENTRYID = 0x0fff0102;
// SYNC_UPLOAD_ and SYNC_DOWNLOAD_HIERARCHY and _CONTENTS, SYNC_ON_DEMAND.
const EVERYTHING = 0x200000c3;
const IID_IMAPISync = Buffer.from('85a32450442d6a4881a88f0ecb6071dd', 'hex');
const WAIT_OBJECT_0 = 0;

const failed = (hresult) => hresult < 0;

/** koffi unloads a library that nothing refers to; the provider's last thread may still be in it then. */
const loaded = [];

/** @param {string} profile */
export async function open(profile) {
  const koffi = createRequire(`${process.env.MAPISYNC_BENCH_KOFFI}/`)('koffi');
  const pointerSize = koffi.sizeof('void *');
  const mapi = koffi.load(sampleMapi.path);
  const kernel = koffi.load('kernel32.dll');
  loaded.push(mapi, kernel);

  const check = (hresult, operation) => {
    if (failed(hresult)) throw new Error(`${operation}: 0x${(hresult >>> 0).toString(16)}`);
  };
  /** A method by its place in the vtable. */
  const method = (slot, parameters) => {
    const type = koffi.proto('__stdcall', undefined, 'int32_t', ['void *', ...parameters]);
    return (object, ...args) => {
      const vtable = koffi.decode(object, 'void *');
      return koffi.call(koffi.decode(vtable, slot * pointerSize, 'void *'), type, object, ...args);
    };
  };
  const outPointer = koffi.out(koffi.pointer('void *'));
  const queryInterface = method(0, ['void *', outPointer]);
  const release = method(2, []);
  const getMsgStoresTable = method(4, ['uint32_t', outPointer]);
  const openMsgStore = method(5, ['uintptr_t', 'uint32_t', 'void *', 'void *', 'uint32_t', outPointer]);
  const logoff = method(17, ['uintptr_t', 'uint32_t', 'uint32_t']);
  const synchronizeInBackground = method(3, ['void *']);

  const initialize = mapi.func('__stdcall', 'MAPIInitialize', 'int32_t', ['void *']);
  const logonEx = mapi.func('__stdcall', 'MAPILogonEx', 'int32_t', [
    'uintptr_t',
    'str16',
    'void *',
    'uint32_t',
    outPointer,
  ]);
  const queryAllRows = mapi.func('__stdcall', 'HrQueryAllRows', 'int32_t', [
    'void *',
    'void *',
    'void *',
    'void *',
    'int32_t',
    outPointer,
  ]);
  const freeRows = mapi.func('__stdcall', 'FreeProws', 'void', ['void *']);
  const waitForSingleObject = kernel.func('__stdcall', 'WaitForSingleObject', 'uint32_t', ['void *', 'uint32_t']);
  const closeHandle = kernel.func('__stdcall', 'CloseHandle', 'int32_t', ['void *']);

  check(initialize(Uint32Array.of(0, MAPI_MULTITHREAD_NOTIFICATIONS | MAPI_NO_COINIT)), 'MAPIInitialize');
  const out = [null];
  const flags = (MAPI_UNICODE | MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_NO_MAIL) >>> 0;
  check(logonEx(0, profile, null, flags, out), 'MAPILogonEx');
  const session = out[0];
  check(getMsgStoresTable(session, 0, out), 'IMAPISession::GetMsgStoresTable');
  const table = out[0];
  check(queryAllRows(table, Uint32Array.of(1, PR_ENTRYID), null, null, 0, out), 'HrQueryAllRows');
  const rows = out[0];
  // SRowSet { cRows, aRow[] { ulAdrEntryPad, cValues, lpProps } }; SPropValue { ulPropTag, dwAlignPad, { cb, lpb } }
  const properties = koffi.decode(rows, 8 + pointerSize, 'void *');
  const size = koffi.decode(properties, 8, 'uint32_t');
  const bytes = koffi.decode(
    koffi.decode(properties, 8 + pointerSize, 'void *'),
    koffi.array('uint8_t', size, 'Typed'),
  );
  freeRows(rows);
  release(table);
  check(
    openMsgStore(session, 0, size, bytes, null, MDB_NO_DIALOG | MAPI_BEST_ACCESS, out),
    'IMAPISession::OpenMsgStore',
  );
  const store = out[0];
  check(queryInterface(store, IID_IMAPISync, out), 'IMsgStore::QueryInterface');
  const sync = out[0];

  /** An IMAPISyncProgressCallback, made of JavaScript functions. */
  const makeCallback = (onProgress, onDone) => {
    let references = 1;
    const object = koffi.alloc('void *', 1);
    const functions = [
      [
        ['void *', 'void *', 'void *'],
        (_self, _iid, result) => {
          references += 1;
          koffi.encode(result, 'void *', object);
          return 0;
        },
      ],
      [['void *'], () => ++references],
      [['void *'], () => --references],
      [
        ['void *', 'str16', 'uint32_t', 'uint32_t'],
        (_self, message, index, max) => {
          onProgress({ type: 'progress', message, index, max });
          return 0;
        },
      ],
      [['void *', 'int32_t', 'str16'], () => 0],
      [
        ['void *', 'void *', 'int32_t'],
        (_self, event, hresult) => {
          onDone(event, hresult);
          return 0;
        },
      ],
    ].map(([parameters, body]) => {
      const type = koffi.proto('__stdcall', undefined, 'int32_t', parameters);
      return koffi.register(body, koffi.pointer(type));
    });
    const vtable = koffi.alloc('void *', functions.length);
    koffi.encode(vtable, koffi.array('void *', functions.length), functions);
    koffi.encode(object, 'void *', vtable);
    return {
      object,
      free: () => {
        for (const one of functions) koffi.unregister(one);
        koffi.free(vtable);
        koffi.free(object);
      },
    };
  };

  return {
    run: async (onProgress) => {
      const eventSlot = koffi.alloc('void *', 1);
      const request = koffi.alloc('void *', 5);
      const { promise, resolve } = Promise.withResolvers();
      const callback = makeCallback(onProgress, (event) => resolve(event));
      // MAPISIB { ulSize, ulFlags, psesSync, punkCallBack, phSyncDoneEvent }
      koffi.encode(request, 'uint32_t', 8 + 3 * pointerSize);
      koffi.encode(request, 4, 'uint32_t', EVERYTHING);
      koffi.encode(request, 8, koffi.array('void *', 3), [session, callback.object, eventSlot]);
      check(synchronizeInBackground(sync, request), 'IMAPISync::SynchronizeInBackground');
      const event = await promise;
      // The provider still has to release the callback, which takes this thread.
      while (waitForSingleObject(event, 0) !== WAIT_OBJECT_0) await sleep(1);
      closeHandle(event);
      callback.free();
      koffi.free(request);
      koffi.free(eventSlot);
    },
    close: async () => {
      release(sync);
      release(store);
      logoff(session, 0, 0, 0);
      release(session);
    },
  };
}
