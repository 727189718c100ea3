import { describe, expect, it } from 'vitest';
import { asksForJson, parseCommandLine } from '../../../src/cli/command-line/parser.js';
import { UsageError } from '../../../src/cli/command-line/usage-error.js';
import { COMMANDS } from '../../../src/cli/commands/list.js';

/** What came: the command's name, its operands, and its options as the command finds them. */
function read(...argv: readonly string[]) {
  const line = parseCommandLine(argv, COMMANDS);
  if (line.kind !== 'run') return line;
  return { command: line.command.name, operands: line.given.operands, ...line.given.options };
}

describe('parseCommandLine', () => {
  it('takes the default store of the default profile of the system’s MAPI, where nothing else is said', () => {
    expect(read('sync')).toMatchObject({
      command: 'sync',
      operands: [],
      mapi: 'system',
      profile: null,
      all: false,
      entryIds: [],
      logonTimeoutMs: 120_000,
      json: false,
    });
  });

  it('reads every option of sync, before, between and after the stores', () => {
    const line =
      'sync --profile P A --mapi C:\\m.dll --direction upload --scope contents B --headers-only --background --outgoing ' +
      '--engine imapisync --timeout 5m --stall=60s --logon-timeout 30s --id 0a --id 0B --concurrency 2 --json';
    expect(read(...line.split(' '))).toEqual({
      command: 'sync',
      operands: ['A', 'B'],
      mapi: { path: 'C:\\m.dll' },
      profile: 'P',
      entryIds: ['0A', '0B'],
      all: false,
      concurrency: 2,
      direction: 'upload',
      scope: 'contents',
      headersOnly: true,
      background: true,
      outgoing: true,
      flags: undefined,
      engine: 'imapisync',
      timeoutMs: 300_000,
      stallMs: 60_000,
      logonTimeoutMs: 30_000,
      json: true,
    });
  });

  it('reads the other commands', () => {
    expect(read('demo', '--json')).toEqual({ command: 'demo', operands: [], json: true });
    expect(read('profiles', '--mapi', 'sample')).toMatchObject({ command: 'profiles', mapi: 'sample', json: false });
    expect(read('stores', '--profile', 'demo', '--ids', '--check')).toMatchObject({
      profile: 'demo',
      ids: true,
      check: true,
    });
    expect(read('sync', '--flags', '0xFFFFFFFF')).toMatchObject({ flags: 0xffff_ffff });
    expect(read('help', 'sync')).toEqual({ command: 'help', operands: ['sync'] });
  });

  it('takes what follows -- for stores, whatever it looks like', () => {
    expect(read('sync', '--', '--all', '-x')).toMatchObject({ all: false, operands: ['--all', '-x'] });
    expect(asksForJson(['sync', '--', '--json'])).toBe(false);
    expect(asksForJson(['frob', '--json'])).toBe(true);
  });

  it('answers --help and --version, alone and with a command', () => {
    expect(read('--help')).toEqual({ kind: 'help', about: null });
    expect(read('-h')).toEqual({ kind: 'help', about: null });
    expect(read('sync', '--help')).toMatchObject({ kind: 'help', about: { name: 'sync' } });
    expect(read('--help', 'demo')).toMatchObject({ kind: 'help', about: { name: 'demo' } });
    expect(read('--version')).toEqual({ kind: 'version' });
  });

  it.each([
    ['', 'a command is missing'],
    ['--json', 'the command comes first, then --json'],
    ['--verbose', 'there is no option --verbose'],
    ['snyc', "there is no command 'snyc'; did you mean sync?"],
    ['frobnicate', "there is no command 'frobnicate'; the commands are sync, stores, profiles, demo, help"],
    ['sync --direktion both', 'there is no option --direktion of sync; did you mean --direction?'],
    ['sync --no-json', 'there is no option --no-json of sync'],
    ['sync -j', 'there is no option -j of sync'],
    ['demo --profile P', 'there is no option --profile of demo'],
    ['demo A', "demo takes no argument; got 'A'"],
    ['stores A', "stores takes no argument; got 'A'"],
    ['sync --direction', '--direction needs a value'],
    ['sync --profile --json', '--profile needs a value'],
    ['sync --profile=', '--profile needs a value'],
    ['sync --json=yes', "--json takes no value; got 'yes'"],
    ['sync --json --json', '--json came twice'],
    ['sync --scope all --scope contents', '--scope came twice'],
    ['sync --direction down', "--direction takes both, upload or download; got 'down'"],
    ['sync --scope=', "--scope takes all, hierarchy or contents; got ''"],
    ['sync --engine toString', "--engine takes imapisync; got 'toString'"],
    ['sync --engine auto', "--engine takes imapisync; got 'auto'"],
    ['sync --engine transport', "--engine takes imapisync; got 'transport'"],
    ['sync --flags 0x100000000', "--flags takes a whole number from 0 to 4294967295; got '0x100000000'"],
    ['sync --flags 3 --outgoing', '--flags says everything; leave out --outgoing, or --flags'],
    ['sync --id xyz', "--id takes an entry id in hexadecimal digits; got 'xyz'"],
    ['sync --id 0a --id 0A', 'the store with the entry id 0A came twice'],
    ['sync --id 0A --all', "--all takes every store; leave out '0A', or --all"],
    ['sync --logon-timeout 5', "--logon-timeout takes a duration such as 500ms, 60s, 5m or 2h; got '5'"],
    ['help sync demo', "help takes 1 argument at most; got 'demo'"],
    ['sync --concurrency 0', "--concurrency takes a whole number from 1 to 9999; got '0'"],
    ['sync --concurrency 1.5', "--concurrency takes a whole number from 1 to 9999; got '1.5'"],
    ['sync --timeout 5', "--timeout takes a duration such as 500ms, 60s, 5m or 2h; got '5'"],
    ['sync --mapi mapi32.dll', "--mapi takes 'sample', or the absolute path of a MAPI DLL; got 'mapi32.dll'"],
    ['sync --mapi C:mapi.dll', "--mapi takes 'sample', or the absolute path of a MAPI DLL; got 'C:mapi.dll'"],
    ['sync --mapi \\mapi.dll', "--mapi takes 'sample', or the absolute path of a MAPI DLL; got '\\mapi.dll'"],
    ['sync A --all', "--all takes every store; leave out 'A', or --all"],
    ['sync A B A', "the store 'A' came twice"],
    ['sync --__proto__', 'there is no option --__proto__ of sync'],
    ['sync --constructor', 'there is no option --constructor of sync'],
  ])('refuses "%s"', (line, message) => {
    const parse = () => parseCommandLine(line === '' ? [] : line.split(' '), COMMANDS);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(expect.objectContaining({ message }));
  });

  it('says in the error which command was meant', () => {
    const sync = { command: expect.objectContaining({ name: 'sync' }) };
    expect(() => read('sync', '--timeout', 'x')).toThrow(expect.objectContaining(sync));
    const stores = { command: expect.objectContaining({ name: 'stores' }) };
    expect(() => read('stores', '--x')).toThrow(expect.objectContaining(stores));
  });
});
