import { describe, expect, it } from 'vitest';
import { terminalOf } from '../../../src/cli/terminal/terminal.js';
import { RecordingStream } from '../simulated-host.js';

function terminal(env: Record<string, string>, members: Partial<RecordingStream> = {}) {
  return terminalOf(Object.assign(new RecordingStream(), members), env);
}

describe('terminalOf', () => {
  it('draws live lines on a terminal alone', () => {
    expect(terminal({}).live).toBe(false);
    expect(terminal({}, { isTTY: true }).live).toBe(true);
    expect(terminal({ TERM: 'dumb' }, { isTTY: true }).live).toBe(false);
  });

  it('believes MAPISYNC_TERMINAL, either way', () => {
    expect(terminal({ MAPISYNC_TERMINAL: '1' }).live).toBe(true);
    expect(terminal({ MAPISYNC_TERMINAL: '0' }, { isTTY: true }).live).toBe(false);
  });

  it('knows the size from the stream, then from the environment, and sees it change', () => {
    const stream = Object.assign(new RecordingStream(), { columns: 120, rows: 50 });
    const seen = terminalOf(stream, { COLUMNS: '40', LINES: '10' });
    expect([seen.columns(), seen.rows()]).toEqual([120, 50]);
    stream.columns = 60;
    expect(seen.columns()).toBe(60);
    const declared = terminal({ COLUMNS: '40', LINES: '10' });
    expect([declared.columns(), declared.rows()]).toEqual([40, 10]);
    const unknown = terminal({ COLUMNS: 'wide', LINES: '0' });
    expect([unknown.columns(), unknown.rows()]).toEqual([80, 24]);
  });

  it('leaves one column of a line free, and knows no limit off a terminal', () => {
    expect(terminal({}, { isTTY: true, columns: 80 }).lineWidth()).toBe(79);
    expect(terminal({}, { isTTY: true, columns: 1 }).lineWidth()).toBe(1);
    expect(terminal({}, { columns: 80 }).lineWidth()).toBe(Number.POSITIVE_INFINITY);
  });

  it('leaves room for control sequences where the console is said to count them', () => {
    const counting = { MAPISYNC_CONSOLE_COUNTS_CONTROL_SEQUENCES: '1' };
    expect(terminal(counting, { isTTY: true, columns: 80 }).lineWidth()).toBe(66);
    expect(terminal({ ...counting, NO_COLOR: '1' }, { isTTY: true, columns: 80 }).lineWidth()).toBe(76);
    expect(terminal(counting, { isTTY: true, columns: 5 }).lineWidth()).toBe(1);
  });

  it('colours a terminal, unless NO_COLOR, and anything with FORCE_COLOR', () => {
    const red = '\x1b[31mx\x1b[39m';
    expect(terminal({}, { isTTY: true }).style('red', 'x')).toBe(red);
    expect(terminal({}).style('red', 'x')).toBe('x');
    expect(terminal({ NO_COLOR: '1' }, { isTTY: true }).style('red', 'x')).toBe('x');
    expect(terminal({ FORCE_COLOR: '1', NO_COLOR: '1' }).style('red', 'x')).toBe(red);
    expect(terminal({ FORCE_COLOR: '0' }, { isTTY: true }).style('red', 'x')).toBe('x');
  });
});
