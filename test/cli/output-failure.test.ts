import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.js';
import { simulatedHost } from './simulated-host.js';
import { type SimulatedStore, simulate } from './simulated-library.js';

const endless: SimulatedStore = {
  name: 'Endless',
  endless: true,
  events: [{ type: 'progress', message: 'Inbox', index: 1, max: 4 }],
};

const failure = (code: string): Error => Object.assign(new Error(`write ${code}`), { code });

function broken(code: string, stores: readonly SimulatedStore[] = [{ name: 'Archive' }]) {
  const host = simulatedHost(simulate(stores).library);
  host.stdout.broken = failure(code);
  return host;
}

describe.each(['EPIPE', 'EOF', 'ERR_STREAM_DESTROYED'])('a reader that left (%s)', (code) => {
  it.each([
    ['stores', 0],
    ['profiles --json', 0],
    ['--help', 0],
    ['help sync', 0],
    ['sync --frob --json', 2],
  ])('makes the exit code of %s %d, and nothing is said about it', async (line, exitCode) => {
    const host = broken(code);
    expect(await run(line.split(' '), host)).toBe(exitCode);
    if (exitCode === 0) expect(host.stderr.text).toBe('');
  });

  it.each(['sync', 'sync --json', 'sync --all --json --concurrency 1'])('cancels %s, with 130', async (line) => {
    const host = broken(code, [endless, { name: 'Next' }]);
    expect(await run(line.split(' '), host)).toBe(130);
    expect(host.stderr.text).not.toContain('written');
    expect(host.left).toEqual([]);
  });
});

describe.each(['ENOSPC', 'EIO'])('an output that cannot be written (%s)', (code) => {
  it.each(['stores', 'profiles', 'sync', 'sync --json', '--version'])('ends %s with 1, and is said', async (line) => {
    const host = broken(code, line.startsWith('sync') ? [endless] : [{ name: 'Archive' }]);
    expect(await run(line.split(' '), host)).toBe(1);
    expect(host.stderr.text).toContain(`mapisync: the output cannot be written: write ${code}\n`);
  });
});

it('still is 1 where a stream throws instead', async () => {
  const host = simulatedHost(simulate([{ name: 'Archive' }]).library);
  host.stdout.write = () => {
    throw failure('ENOSPC');
  };
  expect(await run(['stores'], host)).toBe(1);
  expect(host.stderr.text).toContain('ENOSPC');
});

it.each(['EPIPE', 'ENOSPC'])('of standard error changes no exit code (%s)', async (code) => {
  const usage = simulatedHost(simulate([]).library);
  usage.stderr.broken = failure(code);
  expect(await run(['frob'], usage)).toBe(2);
  const failed = simulatedHost(simulate([{ name: 'Bad', hresult: 0x80040115 }]).library);
  failed.stderr.broken = failure(code);
  expect(await run(['sync', '--json'], failed)).toBe(1);
});
