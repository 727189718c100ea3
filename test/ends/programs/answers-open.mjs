/**
 * Workers that are terminated while an answer of the addon is open. This thread never loads the addon.
 * `node answers-open.mjs MOMENT [COUNT] [KIND...]`: COUNT workers for each kind of answer; every kind, if none is named.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { sampleProfile, scenario } from 'mapisync/testing';
import { args, delay, mark } from './setting.mjs';

const KINDS = ['logon', 'profiles', 'session.close', 'store.close', 'letGo', 'returned'];
const [count = '3', ...chosen] = args;
const AT_ONCE = 4;

function loadProbe() {
  const module = { exports: {} };
  process.dlopen(module, fileURLToPath(new URL(`../../../build/${process.arch}/probe/probe.node`, import.meta.url)));
  return module.exports;
}

/** The engine gives its late answers until nothing of the sample is alive any more. */
async function lastAnswer(probe) {
  const isAlive = () => {
    const counters = probe.counters();
    return counters !== null && (counters.sessions > 0 || counters.runs > 0 || counters.threads > 0);
  };
  while (isAlive()) await delay(5);
}

// The provider is deaf, and holds answers back until long after their worker has gone. A log-on reads the profile's options,
// and a list of profiles reads which one is the default: long files hold these two answers back.
const deaf = scenario().option('ignore-cancel').progress('Inbox', 1, 2).sleep(250).done(0).returns(0);
const profile = await sampleProfile({ stores: [{ name: 'Deaf', scenario: deaf }] });
writeFileSync(join(profile.path, 'options.txt'), `${'#'.repeat(79)}\n`.repeat(100_000));
process.env.LOCALAPPDATA = mkdtempSync(join(tmpdir(), 'mapisync-profiles-'));
const profiles = join(process.env.LOCALAPPDATA, 'mapisync', 'sample-profiles');
mkdirSync(join(profiles, 'Only'), { recursive: true });
writeFileSync(join(profiles, 'default.txt'), 'x'.repeat(8_000_000));
const probe = loadProbe();
async function terminateOne(kind) {
  const worker = new Worker(new URL('./worker-with-answer-open.mjs', import.meta.url), {
    argv: [0, kind, profile.path],
  });
  await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
}

for (const kind of chosen.length > 0 ? chosen : KINDS) {
  let left = Number(count);
  const terminateNext = async () => {
    while (left-- > 0) await terminateOne(kind);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, terminateNext));
  await lastAnswer(probe);
  mark(kind);
}
await profile[Symbol.asyncDispose]();
// A thread that still reads the profiles holds their folder for a moment.
rmSync(process.env.LOCALAPPDATA, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
