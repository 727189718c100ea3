import { describe, expect, it } from 'vitest';
import { LiveReporter } from '../../../src/cli/report/live-reporter.js';
import { run } from '../../../src/cli/run.js';
import { Output } from '../../../src/cli/terminal/output.js';
import { textWidth } from '../../../src/cli/terminal/text.js';
import { RecordingStream, type SimulatedHost, simulatedHost } from '../simulated-host.js';
import { type SimulatedStore, simulate } from '../simulated-library.js';

const escapeCharacter = '\x1b';
const commands = new RegExp(`${escapeCharacter}\\[[?\\d;]*[A-Za-z]`, 'g');

/** A terminal as far as the display needs one: what is on it after all writes, line by line. */
function screenAfter(writes: readonly string[]): string[] {
  const lines: string[] = [''];
  let row = 0;
  for (const piece of writes.join('').split(new RegExp(`(${commands.source}|\n|\r)`))) {
    if (piece === '\n') {
      row++;
      lines[row] ??= '';
    } else if (piece === `${escapeCharacter}[J`) {
      lines.length = row + 1;
    } else if (piece.startsWith(escapeCharacter)) {
      if (piece.endsWith('A')) row = Math.max(0, row - Number(piece.slice(2, -1)));
    } else if (piece !== '\r' && piece !== '') {
      lines[row] = piece;
    }
  }
  return lines;
}

async function shown(stores: readonly SimulatedStore[], columns: number, rows = 24): Promise<SimulatedHost> {
  const host = simulatedHost(simulate(stores).library);
  Object.assign(host.stdout, { isTTY: true, columns, rows } satisfies Partial<RecordingStream>);
  await run(['sync', '--all'], host);
  return host;
}

const stores: readonly SimulatedStore[] = [
  { name: 'Åsa', events: [{ type: 'progress', message: '取引先/東京支店', index: 3, max: 4 }] },
  { name: 'Bad', hresult: 0x80040115, events: [{ type: 'progress', message: 'Inbox', index: 1, max: 4 }] },
  { name: 'Öffentliche Ordner', canSynchronize: false },
];

describe('the live lines', () => {
  it('end as a bar and an outcome for each store, with the summary below', async () => {
    const { stdout } = await shown(stores, 100);
    const screen = screenAfter(stdout.writes);
    expect(screen.slice(0, 4)).toEqual([
      'Åsa                 ████████████████████  100 %  succeeded in 1.23 s',
      'Bad                 █████░░░░░░░░░░░░░░░   25 %  failed: MAPI_E_NETWORK_ERROR',
      'Öffentliche Ordner                               skipped: it has no IMAPISync',
      '',
    ]);
    expect(screen.at(-2)).toMatch(/^1 succeeded, 1 failed, 1 skipped in \d+\.\d\d s\.$/);
  });

  it.each([1, 5, 12, 25, 39, 40, 59, 60, 99, 100, 200])(
    'never are wider than a terminal of %d columns',
    async (columns) => {
      const { stdout } = await shown(stores, columns);
      const end = stdout.writes.indexOf('\x1b[?25h');
      for (const write of stdout.writes.slice(0, end)) {
        expect(write.split('\n').length).toBeLessThanOrEqual(2);
        expect(textWidth(write.replace(commands, '').replace(/[\r\n]/g, ''))).toBeLessThanOrEqual(
          Math.max(1, columns - 1),
        );
      }
    },
  );

  it('hide the cursor while they are drawn, and show it afterwards', async () => {
    const { stdout } = await shown(stores, 80);
    expect(stdout.writes[0]).toBe('\x1b[?25l');
    expect(stdout.text.split('\x1b[?25h')).toHaveLength(2);
  });

  it('fit into a low window, the most telling stores first', async () => {
    const many = Array.from({ length: 30 }, (_, at) => ({ name: `Store ${at}`, hresult: at === 17 ? 0x80040115 : 0 }));
    const { stdout } = await shown(many, 80, 8);
    const screen = screenAfter(stdout.writes);
    const end = screen.indexOf('... and 25 more');
    expect(end).toBe(5);
    expect(screen.slice(0, end).some((line) => line.startsWith('Store 17'))).toBe(true);
  });

  it('are written one by one', async () => {
    const { stdout } = await shown(stores, 80);
    const end = stdout.writes.indexOf('\x1b[?25h');
    for (const write of stdout.writes.slice(0, end)) expect(write.split('\n').length).toBeLessThanOrEqual(2);
  });
});

describe('the live lines of 10,000 stores', () => {
  it('look only at the names of the stores that are shown, and once at each', () => {
    let looked = 0;
    const infos = Array.from({ length: 10_000 }, (_, at) => ({
      entryId: `${at}`,
      get displayName() {
        looked++;
        return `会社 ${at}`;
      },
      isDefault: false,
      providerUid: '',
      providerName: null,
    }));
    const stream = Object.assign(new RecordingStream(), { isTTY: true, columns: 80, rows: 24 });
    const reporter = new LiveReporter(new Output(stream, {}));
    reporter.begin(infos);
    reporter.stopping();
    reporter.end();
    expect(stream.text).toContain('... and 9979 more');
    expect(looked).toBeLessThanOrEqual(24);
  });
});

it.each([40, 50, 80])('a terminal of %d columns has bars', async (columns) => {
  const { stdout } = await shown(stores, columns);
  expect(stdout.text).toMatch(/█{8,}/);
});
