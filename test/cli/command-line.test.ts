import { describe, expect, it } from 'vitest';
import { asksForJson, parseCommandLine } from '../../src/cli/command-line.js';
import { UsageError } from '../../src/cli/usage-error.js';

describe('parseCommandLine', () => {
  it('takes the default store of the default profile of the system’s MAPI, where nothing else is said', () => {
    expect(parseCommandLine(['sync'])).toEqual({
      command: 'sync',
      mapi: 'system',
      profile: null,
      stores: [],
      all: false,
      sync: {},
      concurrency: 4,
      json: false,
    });
  });

  it('reads every option of sync, before, between and after the stores', () => {
    const line =
      'sync --profile P A --mapi C:\\m.dll --direction upload --scope contents B --headers-only --background ' +
      '--engine auto --timeout 5m --stall=60s --concurrency 2 --json';
    expect(parseCommandLine(line.split(' '))).toEqual({
      command: 'sync',
      mapi: { path: 'C:\\m.dll' },
      profile: 'P',
      stores: ['A', 'B'],
      all: false,
      sync: {
        direction: 'upload',
        scope: 'contents',
        headersOnly: true,
        background: true,
        engine: 'auto',
        timeoutMs: 300_000,
        stallMs: 60_000,
      },
      concurrency: 2,
      json: true,
    });
  });

  it('reads the other commands', () => {
    expect(parseCommandLine(['demo', '--json'])).toEqual({ command: 'demo', json: true });
    expect(parseCommandLine(['profiles', '--mapi', 'sample'])).toEqual({
      command: 'profiles',
      mapi: 'sample',
      json: false,
    });
    expect(parseCommandLine(['stores', '--profile', 'demo'])).toEqual({
      command: 'stores',
      mapi: 'system',
      profile: 'demo',
      json: false,
    });
    expect(parseCommandLine(['sync', '--all'])).toMatchObject({ all: true, stores: [] });
  });

  it('takes what follows -- for stores, whatever it looks like', () => {
    expect(parseCommandLine(['sync', '--', '--all', '-x'])).toMatchObject({ all: false, stores: ['--all', '-x'] });
    expect(asksForJson(['sync', '--', '--json'])).toBe(false);
    expect(asksForJson(['frob', '--json'])).toBe(true);
  });

  it('answers --help and --version, alone and with a command', () => {
    expect(parseCommandLine(['--help'])).toEqual({ command: 'help', about: null });
    expect(parseCommandLine(['-h'])).toEqual({ command: 'help', about: null });
    expect(parseCommandLine(['sync', '--help'])).toEqual({ command: 'help', about: 'sync' });
    expect(parseCommandLine(['--help', 'demo'])).toEqual({ command: 'help', about: 'demo' });
    expect(parseCommandLine(['--version'])).toEqual({ command: 'version' });
  });

  it.each([
    ['', 'a command is missing'],
    ['--json', 'the command comes first, then --json'],
    ['--verbose', 'there is no option --verbose'],
    ['snyc', "there is no command 'snyc'; did you mean sync?"],
    ['frobnicate', "there is no command 'frobnicate'; the commands are sync, stores, profiles, demo"],
    ['sync --direktion both', 'there is no option --direktion of sync; did you mean --direction?'],
    ['sync --no-json', 'there is no option --no-json of sync'],
    ['sync -j', 'there is no option -j of sync'],
    ['demo --profile P', 'there is no option --profile of demo'],
    ['demo A', "demo takes no argument, not 'A'"],
    ['stores A', "stores takes no argument, not 'A'"],
    ['sync --direction', '--direction needs a value'],
    ['sync --profile --json', '--profile needs a value'],
    ['sync --profile=', '--profile needs a value'],
    ['sync --json=yes', "--json takes no value, not 'yes'"],
    ['sync --json --json', '--json came twice'],
    ['sync --scope all --scope contents', '--scope came twice'],
    ['sync --direction down', "--direction takes both, upload or download, not 'down'"],
    ['sync --scope=', "--scope takes all, hierarchy or contents, not ''"],
    ['sync --engine toString', "--engine takes imapisync, transport or auto, not 'toString'"],
    ['sync --concurrency 0', "--concurrency takes a whole number from 1 to 9999, not '0'"],
    ['sync --concurrency 1.5', "--concurrency takes a whole number from 1 to 9999, not '1.5'"],
    ['sync --timeout 5', "--timeout takes a duration such as 500ms, 60s, 5m or 2h, not '5'"],
    ['sync --mapi mapi32.dll', "--mapi takes 'sample', or the absolute path of a MAPI DLL, not 'mapi32.dll'"],
    ['sync --mapi C:mapi.dll', "--mapi takes 'sample', or the absolute path of a MAPI DLL, not 'C:mapi.dll'"],
    ['sync --mapi \\mapi.dll', "--mapi takes 'sample', or the absolute path of a MAPI DLL, not '\\mapi.dll'"],
    ['sync A --all', "--all takes every store; leave out 'A', or --all"],
    ['sync A B A', "the store 'A' came twice"],
    ['sync --__proto__', 'there is no option --__proto__ of sync'],
    ['sync --constructor', 'there is no option --constructor of sync'],
  ])('refuses "%s"', (line, message) => {
    const parse = () => parseCommandLine(line === '' ? [] : line.split(' '));
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(expect.objectContaining({ message }));
  });

  it('says in the error which command was meant', () => {
    expect(() => parseCommandLine(['sync', '--timeout', 'x'])).toThrow(expect.objectContaining({ command: 'sync' }));
    expect(() => parseCommandLine(['stores', '--x'])).toThrow(expect.objectContaining({ command: 'stores' }));
  });
});
