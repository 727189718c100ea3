/**
 * `npm run soak [-- PART...] [-- --seed N --syncs N --ends N --workers N --kills N --messages N]`: the long tests, which take
 * an hour or two. The parts: syncs (random synchronisations, 50 at once), ends (each way to end a process, many times),
 * workers (terminated in the middle of a sync, on x64 and on ia32), kills (a mailbox whose synchronisation is killed),
 * large (a mailbox of many messages).
 */
import { build } from './build.mjs';
import { root } from './paths.mjs';
import { runWindowsNode } from './run-windows-node.mjs';
import { ensureSetup } from './setup.mjs';
import { runVitest } from './test-steps/vitest.mjs';
import { whyNotRunnable, windowsPath } from './windows-program.mjs';

const NUMBERS = {
  seed: Math.floor(Math.random() * 2 ** 32),
  syncs: 20_000,
  ends: 100,
  workers: 1000,
  kills: 300,
  messages: 10_000,
};
const AT_ONCE = 50;
const WORKERS_AT_ONCE = 4;
// A worker lives for so long at most, in milliseconds.
const LONGEST_WORKER = 30;

const parts = {
  syncs: ({ syncs, seed }) => windowsNode(['test/soak/main.mjs', syncs, AT_ONCE, seed]),
  ends: ({ ends, seed }) => vitest(['test/ends'], { MAPISYNC_ENDS: ends, MAPISYNC_SEED: seed }),
  kills: ({ kills, seed }) =>
    vitest(['test/ends/mailbox-killed.test.ts'], { MAPISYNC_KILLS: kills, MAPISYNC_SEED: seed }),
  large: ({ messages }) => vitest(['test/testing/large-mailbox.test.ts'], { MAPISYNC_MESSAGES: messages }),
  async workers({ workers }) {
    let code = 0;
    for (const arch of ['x64', 'ia32']) {
      const why = whyNotRunnable(arch);
      if (why !== null) {
        console.log(`workers on ${arch}: skipped, ${why}`);
        continue;
      }
      console.log(`workers on ${arch}`);
      const program = 'test/ends/programs/worker-terminated.mjs';
      code ||= await windowsNode([program, 1, workers, LONGEST_WORKER, WORKERS_AT_ONCE], arch);
      code ||= await windowsNode(['test/ends/programs/answers-open.mjs', 1, Math.ceil(workers / 5)], arch);
    }
    return code;
  },
};

function parse([...args]) {
  const numbers = { ...NUMBERS };
  const chosen = [];
  while (args.length > 0) {
    const arg = args.shift();
    const name = arg.replace(/^--/, '');
    if (arg.startsWith('--') && name in numbers && /^\d+$/.test(args[0] ?? '')) numbers[name] = Number(args.shift());
    else if (arg in parts) chosen.push(arg);
    else
      throw new Error(
        `usage: npm run soak [-- PART... --NUMBER N...]\nparts: ${Object.keys(parts).join(', ')}\nnumbers: ${Object.keys(numbers).join(', ')}`,
      );
  }
  return { numbers, chosen: chosen.length === 0 ? Object.keys(parts) : chosen };
}

function windowsNode([program, ...args], arch = 'x64') {
  const all = ['--disable-warning=ExperimentalWarning', windowsPath(program), ...args.map(String)];
  return runWindowsNode(all, { arch, cwd: root });
}

async function vitest(files, numbers) {
  const env = { ...process.env };
  for (const [name, number] of Object.entries(numbers)) env[name] = String(number);
  const { failed } = await runVitest('soak', ['--testTimeout=7200000', ...files], { env });
  return failed === 0 ? 0 : 1;
}

try {
  const { numbers, chosen } = parse(process.argv.slice(2));
  await ensureSetup();
  await build();
  const failed = [];
  for (const name of chosen) {
    console.log(`\n${name}: ${JSON.stringify(numbers)}`);
    const code = await parts[name](numbers);
    if (code !== 0) failed.push(`${name} (exit code ${code})`);
  }
  console.log(failed.length === 0 ? `\nok ${chosen.join(', ')}` : `\nnot ok ${failed.join(', ')}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = error.message.startsWith('usage') ? 2 : 1;
}
