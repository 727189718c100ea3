/** The wire's reader and writer, for any message and any bytes. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  decodeToHost,
  decodeToProgram,
  encodeToHost,
  encodeToProgram,
  FrameSplitter,
  MAX_FRAME_BYTES,
  MalformedFrame,
  TO_HOST,
  TO_PROGRAM,
  type ToHost,
  type ToProgram,
} from '../../src/native/wire.js';

const u32 = fc.nat(0xffffffff);
const text = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });
const optionalText = fc.option(text);
const optionalHresult = fc.option(u32);
const data = fc.uint8Array({ maxLength: 40 });
const bool = fc.boolean();
const id = u32;
const run = u32;
const counts = fc.record({
  updates: fc.maxSafeNat(),
  problems: fc.maxSafeNat(),
  bytesInUse: fc.maxSafeNat(),
  done: optionalHresult,
});
const row = fc.record({
  entryId: data,
  displayName: text,
  isDefault: bool,
  providerUid: data,
  providerName: optionalText,
});

/** Events whose end, if there is one, is the last, and a text for each that is flagged so. */
const batch = fc
  .record({
    events: fc.array(
      fc.record({
        kind: fc.integer({ min: 1, max: 4 }),
        text: fc.option(text),
        nullText: bool,
        rest: fc.tuple(u32, u32, u32, u32, u32),
      }),
      { minLength: 1, maxLength: 20 },
    ),
    ends: bool,
  })
  .map(({ events, ends }) => ({
    words: Uint32Array.from(
      events.flatMap(({ kind, text, nullText, rest }, index) => {
        const last = ends && index === events.length - 1;
        return [(last ? 5 : kind) | (text === null ? 0 : 0x100) | (nullText ? 0x200 : 0), ...rest];
      }),
    ),
    texts: events.flatMap(({ text }) => (text === null ? [] : [text])),
  }));

const helloFields = { protocol: u32, bits: fc.constantFrom<32 | 64>(32, 64), version: text };

const toHost: fc.Arbitrary<ToHost> = fc.oneof(
  message('hello', helloFields),
  message('list profiles', { id, mapi: optionalText }),
  message('log on', {
    id,
    mapi: optionalText,
    profile: optionalText,
    ui: bool,
    join: bool,
    transports: bool,
    service: bool,
  }),
  message('list stores', { id }),
  message('open store', { id, entryId: data }),
  message('close store', { id, store: u32, graceMs: u32 }),
  message('release store', { store: u32 }),
  message('close session', { id, graceMs: u32 }),
  message('synchronize', { run, store: u32, flags: u32, every: bool, timeoutMs: u32, stallMs: u32, holdMs: u32 }),
  message('credit', { run, events: fc.integer({ min: 1, max: 65536 }), bytes: u32 }),
  message('cancel', { run }),
  message('when returned', { id, run }),
  message('when let go', { id, run, graceMs: u32 }),
  message('release run', { run }),
  message('abandon', { id }),
);

const toProgram: fc.Arbitrary<ToProgram> = fc.oneof(
  message('hello', helloFields),
  message('profiles', { id, profiles: fc.array(fc.record({ name: text, isDefault: bool })) }),
  message('logged on', { id, profile: optionalText, path: text, version: optionalText, foundBy: text }),
  message('stores', { id, stores: fc.array(row) }),
  message('store opened', { id, store: u32, row, canSynchronize: bool }),
  message('store closed', { id, letGo: bool }),
  message('session closed', { id, abandoned: u32 }),
  message('returned', { id, hresult: optionalHresult }),
  message('let go', { id, letGo: bool }),
  message('failure', { id, operation: text, hresult: u32, detail: text, symbol: text }),
  message('abandoned', { id }),
  message('events', { run, counts, batch }),
  message('ended', { run, counts }),
);

function message<N extends string, T extends object>(
  frame: N,
  fields: { [K in keyof T]: fc.Arbitrary<T[K]> },
): fc.Arbitrary<{ frame: N } & T> {
  return fc.record(fields).map((values) => ({ frame, ...values }) as { frame: N } & T);
}

it('each message to the host comes back as it was', () => {
  const property = fc.property(toHost, (sent) => {
    expect(plain(decodeToHost(encodeToHost(sent)))).toEqual(plain(sent));
  });
  fc.assert(property, { numRuns: 1000 });
});

it('each message to the program comes back as it was', () => {
  const property = fc.property(toProgram, (sent) => {
    expect(plain(decodeToProgram(encodeToProgram(sent)))).toEqual(plain(sent));
  });
  fc.assert(property, { numRuns: 1000 });
});

/** What fast-check makes has no prototype, and an array of bytes may be of another kind. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, item) => (ArrayBuffer.isView(item) ? [...(item as Uint8Array)] : item)));
}

it('any bytes are either a message that is encoded to the same bytes, or refused with a place inside the frame', () => {
  const kinds = [...Object.values(TO_HOST), ...Object.values(TO_PROGRAM)].map(([kind]) => kind);
  const body = fc.tuple(fc.constantFrom(...kinds), fc.uint8Array({ maxLength: 120 }), fc.uint8Array({ maxLength: 20 }));
  fc.assert(
    fc.property(body, ([kind, bytes, zeros]) => {
      const frame = frameOf(Buffer.from([kind, ...bytes, ...zeros.map(() => 0)]));
      check(frame, () => encodeToHost(decodeToHost(frame)));
      check(frame, () => encodeToProgram(decodeToProgram(frame)));
    }),
    { numRuns: 2000 },
  );
});

it('a message with some bytes changed is either another message or refused', () => {
  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 });
  fc.assert(
    fc.property(toProgram, changes, (sent, changed) => {
      const frame = Buffer.from(encodeToProgram(sent));
      for (const [at, value] of changed) frame[4 + (at % (frame.length - 4))] = value;
      check(frame, () => encodeToProgram(decodeToProgram(frame)));
    }),
    { numRuns: 2000 },
  );
});

it('a frame beyond the bound is refused by its length alone', () => {
  fc.assert(
    fc.property(fc.integer({ min: MAX_FRAME_BYTES + 1, max: 0xffffffff }), (length) => {
      const splitter = new FrameSplitter();
      splitter.add(encodeToProgram({ frame: 'hello', protocol: 1, bits: 64, version: '' }));
      splitter.next();
      const beginning = Buffer.alloc(4);
      beginning.writeUInt32LE(length);
      splitter.add(beginning);
      expect(() => splitter.next()).toThrow(MalformedFrame);
    }),
  );
});

it('a stream in any pieces is the frames that it was made of', () => {
  const pieces = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 });
  fc.assert(
    fc.property(fc.array(toHost), pieces, (messages, sizes) => {
      const sent = [encodeToHost({ frame: 'list stores', id: 0 }), ...messages.map(encodeToHost)];
      const stream = Buffer.concat(sent);
      const splitter = new FrameSplitter();
      const received: Buffer[] = [];
      for (let at = 0, turn = 0; at < stream.length; turn += 1) {
        const size = sizes[turn % sizes.length] as number;
        splitter.add(stream.subarray(at, at + size));
        at += size;
        for (let frame = splitter.next(); frame !== undefined; frame = splitter.next())
          received.push(Buffer.from(frame));
      }
      splitter.finish();
      expect(Buffer.concat(received).equals(stream)).toBe(true);
      expect(received.length).toBe(sent.length);
    }),
  );
});

function frameOf(rest: Buffer): Buffer {
  const frame = Buffer.concat([Buffer.alloc(4), rest]);
  frame.writeUInt32LE(rest.length);
  return frame;
}

function check(frame: Buffer, again: () => Buffer): void {
  let encoded: Buffer;
  try {
    encoded = again();
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedFrame);
    const { offset, reason } = error as MalformedFrame;
    expect(offset).toBeGreaterThanOrEqual(4);
    expect(offset).toBeLessThanOrEqual(frame.length);
    expect(reason).not.toBe('');
    return;
  }
  expect(encoded.toString('hex')).toBe(frame.toString('hex'));
}
