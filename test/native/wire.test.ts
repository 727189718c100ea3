/** The wire's frames, held against those of docs/wire.md, which are written by hand. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  decodeToHost,
  decodeToProgram,
  encodeToHost,
  encodeToProgram,
  FrameSplitter,
  MAX_TEXT_UNITS,
  MalformedFrame,
  type ToHost,
  type ToProgram,
} from '../../src/native/wire.js';
import { framesOfPage } from './wire-page.js';

const hello = { frame: 'hello', protocol: 1, bits: 64, version: '1.2.3' } as const;

/** What each of the page's frames says, by its title. */
const toHost: Readonly<Record<string, ToHost>> = {
  'to both: hello': hello,
  'to the host: list profiles': { frame: 'list profiles', id: 1, mapi: null },
  'to the host: list profiles, with a path': { frame: 'list profiles', id: 2, mapi: 'C:\\m' },
  'to the host: log on': {
    frame: 'log on',
    id: 3,
    mapi: null,
    profile: 'B\u00f6',
    ui: false,
    join: false,
    transports: true,
    service: false,
  },
  'to the host: log on, join': {
    frame: 'log on',
    id: 4294967294,
    mapi: null,
    profile: null,
    ui: true,
    join: true,
    transports: false,
    service: true,
  },
  'to the host: list stores': { frame: 'list stores', id: 4 },
  'to the host: open store': { frame: 'open store', id: 5, entryId: Uint8Array.of(0x00, 0xab, 0xff) },
  'to the host: close store': { frame: 'close store', id: 6, store: 1, graceMs: 5000 },
  'to the host: release store': { frame: 'release store', store: 1 },
  'to the host: close session': { frame: 'close session', id: 7, graceMs: 0 },
  'to the host: synchronize': {
    frame: 'synchronize',
    run: 9,
    store: 1,
    flags: 0x200000c3,
    every: true,
    timeoutMs: 0,
    stallMs: 60000,
    holdMs: 60016,
  },
  'to the host: credit': { frame: 'credit', run: 9, events: 4096, bytes: 262144 },
  'to the host: cancel': { frame: 'cancel', run: 9 },
  'to the host: when returned': { frame: 'when returned', id: 8, run: 9 },
  'to the host: when let go': { frame: 'when let go', id: 9, run: 9, graceMs: 67305985 },
  'to the host: release run': { frame: 'release run', run: 9 },
  'to the host: abandon': { frame: 'abandon', id: 5 },
};

const toProgram: Readonly<Record<string, ToProgram>> = {
  'to both: hello': hello,
  'to the program: profiles': {
    frame: 'profiles',
    id: 1,
    profiles: [
      { name: 'A', isDefault: true },
      { name: '', isDefault: false },
    ],
  },
  'to the program: logged on': {
    frame: 'logged on',
    id: 3,
    profile: 'A',
    path: 'C:\\m',
    version: null,
    foundBy: 'path',
  },
  'to the program: stores': {
    frame: 'stores',
    id: 4,
    stores: [
      {
        entryId: Uint8Array.of(0xab),
        displayName: 'M',
        isDefault: true,
        providerUid: Uint8Array.from({ length: 16 }, (_, index) => index),
        providerName: null,
      },
    ],
  },
  'to the program: store opened': {
    frame: 'store opened',
    id: 5,
    store: 1,
    row: {
      entryId: Uint8Array.of(1, 2),
      displayName: '\ud800',
      isDefault: false,
      providerUid: new Uint8Array(0),
      providerName: 'P',
    },
    canSynchronize: true,
  },
  'to the program: store closed': { frame: 'store closed', id: 6, letGo: true },
  'to the program: session closed': { frame: 'session closed', id: 7, abandoned: 2 },
  'to the program: returned': { frame: 'returned', id: 8, hresult: 0x8004010f },
  'to the program: returned, without a call': { frame: 'returned', id: 8, hresult: null },
  'to the program: let go': { frame: 'let go', id: 9, letGo: false },
  'to the program: failure': {
    frame: 'failure',
    id: 3,
    operation: 'MAPILogonEx',
    hresult: 0x80040111,
    detail: 'no',
    symbol: '',
  },
  'to the program: abandoned': { frame: 'abandoned', id: 5 },
  'to the program: events': {
    frame: 'events',
    run: 9,
    counts: { updates: 3, problems: 1, bytesInUse: 24, done: null },
    batch: {
      words: Uint32Array.of(
        ...[1, 0x200000c3, 0, 0, 1000, 0],
        ...[0x102, 1, 10, 0, 2000, 0],
        ...[0x002, 2, 10, 0, 0xcfe56800, 0x18b],
        ...[0x203, 0x80040115, 0, 0, 3000, 0],
      ),
      texts: ['In'],
    },
  },
  'to the program: events, the end': {
    frame: 'events',
    run: 9,
    counts: { updates: 3, problems: 1, bytesInUse: 0, done: 0 },
    batch: { words: Uint32Array.of(0x105, 2, 0x80004005, 0, 5000, 0), texts: ['x'] },
  },
  'to the program: ended': {
    frame: 'ended',
    run: 9,
    counts: { updates: 4294967297, problems: 0, bytesInUse: 4096, done: 2 },
  },
};

describe('the frames of docs/wire.md', () => {
  const page = framesOfPage('frame');

  it('are those that have a message here', () => {
    const known = new Set([...Object.keys(toHost), ...Object.keys(toProgram)]);
    expect(page.map(({ title }) => title).sort()).toEqual([...known].sort());
  });

  it.each(page.filter(({ title }) => title in toHost))('encode and decode: $title', ({ title, bytes }) => {
    const message = toHost[title] as ToHost;
    expect(encodeToHost(message).toString('hex')).toBe(bytes.toString('hex'));
    expect(decodeToHost(bytes)).toEqual(message);
  });

  it.each(page.filter(({ title }) => title in toProgram))('encode and decode, as answers: $title', (frame) => {
    const message = toProgram[frame.title] as ToProgram;
    expect(encodeToProgram(message).toString('hex')).toBe(frame.bytes.toString('hex'));
    expect(decodeToProgram(frame.bytes)).toEqual(message);
  });
});

describe('the malformed frames of docs/wire.md', () => {
  const page = framesOfPage('malformed');

  it('are many', () => {
    expect(page.length).toBeGreaterThan(20);
  });

  it.each(page)('are refused: $title', ({ title, bytes }) => {
    const splitter = new FrameSplitter();
    if (!title.startsWith('first')) {
      splitter.add(encodeToHost(hello));
      splitter.next();
    }
    const [to = '', fault = ''] = title.split(/: (.*)/s);
    const read = () => {
      splitter.add(bytes);
      const frame = splitter.next() ?? expect.fail('no frame has come');
      return to.endsWith('to the host') ? decodeToHost(frame) : decodeToProgram(frame);
    };
    expect(faultOf(read)).toBe(fault);
  });
});

describe('a stream of frames', () => {
  const frames = [encodeToHost(hello), encodeToHost({ frame: 'list stores', id: 7 })];
  const stream = Buffer.concat(frames);

  it('is cut wherever its pieces end', () => {
    for (let piece = 1; piece <= stream.length; piece += 1) {
      const splitter = new FrameSplitter();
      const found: string[] = [];
      for (let at = 0; at < stream.length; at += piece) {
        splitter.add(stream.subarray(at, at + piece));
        for (let frame = splitter.next(); frame !== undefined; frame = splitter.next())
          found.push(frame.toString('hex'));
      }
      splitter.finish();
      expect(found).toEqual(frames.map((frame) => frame.toString('hex')));
    }
  });

  it('says so when it ends inside a frame', () => {
    const [first] = frames as [Buffer];
    for (let size = 1; size < first.length; size += 1) {
      const splitter = new FrameSplitter();
      splitter.add(first.subarray(0, size));
      expect(splitter.next()).toBeUndefined();
      expect(faultOf(() => splitter.finish())).toBe(`frame; offset ${size}; the stream ends inside the frame`);
    }
  });
});

it('the longest text passes whole', () => {
  const mapi = 'x'.repeat(MAX_TEXT_UNITS);
  expect(decodeToHost(encodeToHost({ frame: 'list profiles', id: 1, mapi }))).toEqual({
    frame: 'list profiles',
    id: 1,
    mapi,
  });
});

it('the host says the version of package.json', () => {
  const root = path.join(import.meta.dirname, '..', '..');
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const header = readFileSync(path.join(root, 'native', 'wire', 'package_version.h'), 'utf8');
  expect(header).toContain(`MAPISYNC_VERSION_TEXT "${version}"`);
  expect(header).toContain(`MAPISYNC_VERSION_NUMBERS ${version.split('.').join(', ')}, 0\n`);
});

function faultOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof MalformedFrame) return `${error.frame}; offset ${error.offset}; ${error.reason}`;
    throw error;
  }
  return '';
}
