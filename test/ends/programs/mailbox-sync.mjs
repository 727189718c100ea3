/**
 * Synchronises a mailbox and is killed while it does: by itself, as hard as from outside, at a moment that is no event's.
 * `node mailbox-sync.mjs MOMENT PROFILE MS`: at the latest MS after the provider was called.
 */
import { logon } from 'mapisync';
import { sampleMapi } from 'mapisync/testing';
import { args, mark, millisecondsOf, seen } from './setting.mjs';

const [profile, most] = args;
const session = await logon({ mapi: sampleMapi, profile });
const store = await session.openStore();
const run = store.synchronize();
await seen(run, 'start');
mark('at work');
// No timer: those are a millisecond and more late.
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, millisecondsOf(Number(most)));
process.kill(process.pid, 'SIGKILL');
