/**
 * What takes a process down, whatever this package does: shown in processes of their own. A provider's crash can be contained
 * by a process alone; an out-of-process host is to come.
 */
import { describe, expect, it } from 'vitest';
import { endOfProgram } from './end-of-program.js';

const STATUS_ACCESS_VIOLATION = 0xc0000005;

describe('a provider', () => {
  it.each(['call', 'thread'])('that accesses what it must not, in its %s, takes the process down', async (where) => {
    const { code, stdout } = await endOfProgram('fatal', { args: [0, 'crash', where] });
    expect(stdout).toContain('mark: before');
    expect(stdout).not.toContain('mark: after');
    expect(code === null ? code : code >>> 0).toBe(STATUS_ACCESS_VIOLATION);
  });

  it.each(['call', 'thread'])('that throws a C++ exception out of its %s takes the process down', async (where) => {
    const { code, stdout } = await endOfProgram('fatal', { args: [0, 'throw', where] });
    expect(stdout).toContain('mark: before');
    expect(stdout).not.toContain('mark: after');
    // Which code it is depends on the compiler of the module that the exception does not get out of.
    expect(code).not.toBe(0);
  });
});
