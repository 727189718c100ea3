/**
 * The frames that a program and its host exchange: docs/wire.md, and native/wire/ on the other side. Portable, and without
 * anything of Node's but `Buffer`.
 */

export const PROTOCOL = 1;

/** The bounds of docs/wire.md. */
export const MAX_FRAME_BYTES = 4_194_304;
export const MAX_FIRST_FRAME_BYTES = 1024;
export const MAX_TEXT_UNITS = 1_048_576;
export const MAX_DATA_BYTES = 65_536;
export const MAX_ITEMS = 65_536;
export const MAX_EVENTS = 65_536;

const MAGIC = Buffer.from('mapisync', 'latin1');
const NO_TEXT = 0xffffffff;
const LENGTH_BYTES = 4;
const EVENT_BYTES = 24;
const WORDS_PER_EVENT = 6;
const HAS_TEXT = 0x100;
const KNOWN_FLAGS = 0x300;
const END = 5;

/** Why a frame is refused. */
export class MalformedFrame extends Error {
  /** The frame's name in docs/wire.md; `'frame'` where its kind is not known. */
  readonly frame: string;
  /** Of the fault, from the frame's first byte. */
  readonly offset: number;
  readonly reason: string;

  constructor(frame: string, offset: number, reason: string) {
    super(`frame '${frame}', offset ${offset}: ${reason}`);
    this.frame = frame;
    this.offset = offset;
    this.reason = reason;
  }
}

/** What a batch of events consists of: WORDS_PER_EVENT words each, and the texts that the flagged ones bring, in order. */
export interface WireBatch {
  readonly words: Uint32Array;
  readonly texts: readonly string[];
}

/** One type of field: how it is read and written. */
interface Field<T> {
  read(reader: FieldReader): T;
  write(writer: FieldWriter, value: T): void;
}

type Fields = Readonly<Record<string, Field<unknown>>>;
type ValueOf<F> = F extends Field<infer T> ? T : never;
type Values<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };

/** Takes fields off one whole frame. The first fault is thrown. */
class FieldReader {
  name = 'frame';
  readonly frame: Buffer;
  #at = LENGTH_BYTES;

  constructor(frame: Buffer) {
    this.frame = frame;
  }

  get at(): number {
    return this.#at;
  }

  fail(offset: number, reason: string): never {
    throw new MalformedFrame(this.name, offset, reason);
  }

  /** Where so many bytes begin, which are taken. */
  bytes(count: number): number {
    const left = this.frame.length - this.#at;
    if (count > left) this.fail(this.#at, `the frame ends too early; bytes needed: ${count}, left: ${left}`);
    const at = this.#at;
    this.#at += count;
    return at;
  }

  u8(): number {
    return this.frame.readUInt8(this.bytes(1));
  }

  u32(): number {
    return this.frame.readUInt32LE(this.bytes(4));
  }

  units(count: number): string {
    if (count > MAX_TEXT_UNITS) {
      this.fail(this.#at - 4, `the text has ${count} units; at most ${MAX_TEXT_UNITS} are allowed`);
    }
    const at = this.bytes(count * 2);
    return this.frame.toString('utf16le', at, at + count * 2);
  }

  finish(): void {
    const left = this.frame.length - this.#at;
    if (left !== 0) this.fail(this.#at, `the frame goes on after its last field; bytes left: ${left}`);
  }
}

/** Puts fields into one frame. It keeps no bound: who encodes a message keeps the bounds of docs/wire.md. */
class FieldWriter {
  #frame = Buffer.allocUnsafe(256);
  #size = LENGTH_BYTES;

  /** Makes room for so many bytes more and answers where they begin. To be called before `#frame` is looked at. */
  #room(count: number): number {
    const at = this.#size;
    this.#size += count;
    if (this.#size > this.#frame.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#size, this.#frame.length * 2));
      this.#frame.copy(larger, 0, 0, at);
      this.#frame = larger;
    }
    return at;
  }

  u8(value: number): void {
    const at = this.#room(1);
    this.#frame.writeUInt8(value, at);
  }

  u32(value: number): void {
    const at = this.#room(4);
    this.#frame.writeUInt32LE(value, at);
  }

  data(bytes: Uint8Array): void {
    const at = this.#room(bytes.length);
    this.#frame.set(bytes, at);
  }

  units(value: string): void {
    this.u32(value.length);
    const at = this.#room(value.length * 2);
    this.#frame.write(value, at, 'utf16le');
  }

  finish(): Buffer {
    this.#frame.writeUInt32LE(this.#size - LENGTH_BYTES, 0);
    return this.#frame.subarray(0, this.#size);
  }
}

const u32: Field<number> = {
  read: (reader) => reader.u32(),
  write: (writer, value) => writer.u32(value),
};

const u64: Field<number> = {
  read(reader) {
    const at = reader.bytes(8);
    const value = reader.frame.readBigUInt64LE(at);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
      reader.fail(at, `the number is ${value}; at most ${Number.MAX_SAFE_INTEGER} is allowed`);
    }
    return Number(value);
  },
  write(writer, value) {
    writer.u32(value % 0x100000000);
    writer.u32(Math.floor(value / 0x100000000));
  },
};

const bool: Field<boolean> = {
  read(reader) {
    const { at } = reader;
    const value = reader.u8();
    if (value > 1) reader.fail(at, `the boolean is ${value}`);
    return value === 1;
  },
  write: (writer, value) => writer.u8(value ? 1 : 0),
};

const bits: Field<32 | 64> = {
  read(reader) {
    const { at } = reader;
    const value = reader.u8();
    return value === 32 || value === 64 ? value : reader.fail(at, `the bitness is ${value}`);
  },
  write: (writer, value) => writer.u8(value),
};

/** The protocol's number, behind the magic that begins a connection. */
const protocol: Field<number> = {
  read(reader) {
    const at = reader.bytes(MAGIC.length);
    if (reader.frame.compare(MAGIC, 0, MAGIC.length, at, at + MAGIC.length) !== 0) {
      reader.fail(at, 'the magic is missing');
    }
    return reader.u32();
  },
  write(writer, value) {
    writer.data(MAGIC);
    writer.u32(value);
  },
};

const text: Field<string> = {
  read: (reader) => reader.units(reader.u32()),
  write: (writer, value) => writer.units(value),
};

const optionalText: Field<string | null> = {
  read(reader) {
    const units = reader.u32();
    return units === NO_TEXT ? null : reader.units(units);
  },
  write(writer, value) {
    if (value === null) writer.u32(NO_TEXT);
    else writer.units(value);
  },
};

const optionalHresult: Field<number | null> = {
  read: (reader) => (bool.read(reader) ? reader.u32() : null),
  write(writer, value) {
    bool.write(writer, value !== null);
    if (value !== null) writer.u32(value);
  },
};

const data: Field<Uint8Array> = {
  read(reader) {
    const { at } = reader;
    const size = reader.u32();
    if (size > MAX_DATA_BYTES) reader.fail(at, `the data has ${size} bytes; at most ${MAX_DATA_BYTES} are allowed`);
    const begin = reader.bytes(size);
    return new Uint8Array(reader.frame.subarray(begin, begin + size));
  },
  write(writer, value) {
    writer.u32(value.length);
    writer.data(value);
  },
};

const eventCount: Field<number> = {
  read(reader) {
    const { at } = reader;
    const count = reader.u32();
    if (count < 1 || count > MAX_EVENTS) {
      reader.fail(at, `there are ${count} events; 1 to ${MAX_EVENTS} are allowed`);
    }
    return count;
  },
  write: (writer, value) => writer.u32(value),
};

const batch: Field<WireBatch> = {
  read(reader) {
    const events = eventCount.read(reader);
    const textsAt = reader.at;
    const textCount = reader.u32();
    const at = reader.bytes(events * EVENT_BYTES);
    // All at once, into memory that is aligned for words.
    const words = new Uint32Array(events * WORDS_PER_EVENT);
    new Uint8Array(words.buffer).set(reader.frame.subarray(at, at + events * EVENT_BYTES));
    const needed = textsNeeded(reader, words, at);
    if (needed !== textCount) {
      reader.fail(textsAt, `the events bring another number of texts; texts: ${textCount}, needed: ${needed}`);
    }
    const texts: string[] = [];
    for (let index = 0; index < textCount; index += 1) texts.push(text.read(reader));
    return { words, texts };
  },
  write(writer, { words, texts }) {
    writer.u32(words.length / WORDS_PER_EVENT);
    writer.u32(texts.length);
    writer.data(new Uint8Array(words.buffer, words.byteOffset, words.byteLength));
    for (const each of texts) writer.units(each);
  },
};

/** How many texts the events bring; each has a kind that is known, and an end is the last. */
function textsNeeded(reader: FieldReader, words: Uint32Array, at: number): number {
  let needed = 0;
  for (let word = 0; word < words.length; word += WORDS_PER_EVENT) {
    const kindAndFlags = words[word] as number;
    const kind = kindAndFlags & 0xff;
    if (kind === 0 || kind > END || (kindAndFlags & ~(0xff | KNOWN_FLAGS)) !== 0) {
      reader.fail(at + word * 4, `the event's kind and flags are 0x${kindAndFlags.toString(16)}`);
    }
    if (kind === END && word + WORDS_PER_EVENT !== words.length) {
      reader.fail(at + word * 4, 'the end is not the last event');
    }
    if ((kindAndFlags & HAS_TEXT) !== 0) needed += 1;
  }
  return needed;
}

function listOf<F extends Fields>(fields: F): Field<readonly Values<F>[]> {
  const item = group(fields);
  return {
    read(reader) {
      const { at } = reader;
      const count = reader.u32();
      if (count > MAX_ITEMS) reader.fail(at, `the list has ${count} items; at most ${MAX_ITEMS} are allowed`);
      const items: Values<F>[] = [];
      for (let index = 0; index < count; index += 1) items.push(item.read(reader));
      return items;
    },
    write(writer, items) {
      writer.u32(items.length);
      for (const each of items) item.write(writer, each);
    },
  };
}

/** Fields one after the other, in the order in which they are written down. */
function group<F extends Fields>(fields: F): Field<Values<F>> {
  const entries = Object.entries(fields) as [string, Field<unknown>][];
  return {
    read(reader) {
      const values: Record<string, unknown> = {};
      for (const [name, field] of entries) values[name] = field.read(reader);
      return values as Values<F>;
    },
    write(writer, values) {
      for (const [name, field] of entries) field.write(writer, values[name as keyof F]);
    },
  };
}

const hello = { protocol, bits, version: text };
const storeRow = {
  entryId: data,
  displayName: text,
  isDefault: bool,
  providerUid: data,
  providerName: optionalText,
};
const counts = { updates: u64, problems: u64, bytesInUse: u64, done: optionalHresult };

type Kinds = Readonly<Record<string, readonly [kind: number, fields: Fields]>>;

/** Each frame's kind and fields, by its name in docs/wire.md. */
export const TO_HOST = {
  hello: [1, hello],
  'list profiles': [16, { id: u32, mapi: optionalText }],
  'log on': [
    17,
    { id: u32, mapi: optionalText, profile: optionalText, ui: bool, join: bool, transports: bool, service: bool },
  ],
  'list stores': [18, { id: u32 }],
  'open store': [19, { id: u32, entryId: data }],
  'close store': [20, { id: u32, store: u32, graceMs: u32 }],
  'release store': [21, { store: u32 }],
  'close session': [22, { id: u32, graceMs: u32 }],
  synchronize: [23, { run: u32, store: u32, flags: u32, every: bool, timeoutMs: u32, stallMs: u32, holdMs: u32 }],
  credit: [24, { run: u32, events: eventCount, bytes: u32 }],
  cancel: [25, { run: u32 }],
  'when returned': [26, { id: u32, run: u32 }],
  'when let go': [27, { id: u32, run: u32, graceMs: u32 }],
  'release run': [28, { run: u32 }],
  abandon: [29, { id: u32 }],
} as const satisfies Kinds;

/** As TO_HOST, for what the host sends. */
export const TO_PROGRAM = {
  hello: [1, hello],
  profiles: [64, { id: u32, profiles: listOf({ name: text, isDefault: bool }) }],
  'logged on': [65, { id: u32, profile: optionalText, path: text, version: optionalText, foundBy: text }],
  stores: [66, { id: u32, stores: listOf(storeRow) }],
  'store opened': [67, { id: u32, store: u32, row: group(storeRow), canSynchronize: bool }],
  'store closed': [68, { id: u32, letGo: bool }],
  'session closed': [69, { id: u32, abandoned: u32 }],
  returned: [70, { id: u32, hresult: optionalHresult }],
  'let go': [71, { id: u32, letGo: bool }],
  failure: [72, { id: u32, operation: text, hresult: u32, detail: text, symbol: text }],
  abandoned: [73, { id: u32 }],
  events: [74, { run: u32, counts: group(counts), batch }],
  ended: [75, { run: u32, counts: group(counts) }],
} as const satisfies Kinds;

type MessageOf<K extends Kinds> = { [N in keyof K & string]: { readonly frame: N } & Values<K[N][1]> }[keyof K &
  string];

export type ToHost = MessageOf<typeof TO_HOST>;
export type ToProgram = MessageOf<typeof TO_PROGRAM>;
export type StoreRow = Values<typeof storeRow>;
export type Counts = Values<typeof counts>;

const HOST_NAMES = namesByKind(TO_HOST);
const PROGRAM_NAMES = namesByKind(TO_PROGRAM);

function namesByKind(kinds: Kinds): ReadonlyMap<number, string> {
  return new Map(Object.entries(kinds).map(([name, [kind]]) => [kind, name]));
}

function encode(kinds: Kinds, message: { readonly frame: string }): Buffer {
  const [kind, fields] = kinds[message.frame] as Kinds[string];
  const writer = new FieldWriter();
  writer.u8(kind);
  group(fields).write(writer, message as unknown as Values<Fields>);
  return writer.finish();
}

function decode(kinds: Kinds, names: ReadonlyMap<number, string>, frame: Buffer): { readonly frame: string } {
  const reader = new FieldReader(frame);
  const kind = reader.u8();
  const name = names.get(kind);
  if (name === undefined) return reader.fail(LENGTH_BYTES, `the kind ${kind} is unknown`);
  reader.name = name;
  const values = group((kinds[name] as Kinds[string])[1]).read(reader);
  reader.finish();
  return { frame: name, ...values };
}

export function encodeToHost(message: ToHost): Buffer {
  return encode(TO_HOST, message);
}

export function encodeToProgram(message: ToProgram): Buffer {
  return encode(TO_PROGRAM, message);
}

/** @param frame A whole frame, its length included. @throws MalformedFrame */
export function decodeToHost(frame: Buffer): ToHost {
  return decode(TO_HOST, HOST_NAMES, frame) as ToHost;
}

/** @param frame A whole frame, its length included. @throws MalformedFrame */
export function decodeToProgram(frame: Buffer): ToProgram {
  return decode(TO_PROGRAM, PROGRAM_NAMES, frame) as ToProgram;
}

/** Cuts a stream of bytes into frames. A frame that lies in one piece is not copied. */
export class FrameSplitter {
  #rest: Buffer = Buffer.alloc(0);
  /** A frame whose beginning has come. */
  #partial: Buffer | undefined;
  #filled = 0;
  #mostBytes = MAX_FIRST_FRAME_BYTES;

  /** `bytes` come next in the stream. Every frame must have been taken before. */
  add(bytes: Buffer): void {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
  }

  /** The next whole frame, its length included; undefined while more bytes are needed. @throws MalformedFrame */
  next(): Buffer | undefined {
    if (this.#partial !== undefined) return this.#fill(this.#partial);
    if (this.#rest.length < LENGTH_BYTES) return undefined;
    const length = this.#rest.readUInt32LE(0);
    if (length === 0) throw new MalformedFrame('frame', 0, 'the frame is empty');
    if (length > this.#mostBytes) {
      const reason = `the frame has ${length} bytes; at most ${this.#mostBytes} are allowed`;
      throw new MalformedFrame('frame', 0, reason);
    }
    const size = LENGTH_BYTES + length;
    if (this.#rest.length >= size) return this.#take(size);
    this.#filled = 0;
    this.#partial = Buffer.allocUnsafe(size);
    return this.#fill(this.#partial);
  }

  /** The stream has ended. @throws MalformedFrame where it ends inside a frame. */
  finish(): void {
    const left = this.#partial === undefined ? this.#rest.length : this.#filled;
    if (left !== 0) throw new MalformedFrame('frame', left, 'the stream ends inside the frame');
  }

  #take(size: number): Buffer {
    const taken = this.#rest.subarray(0, size);
    this.#rest = this.#rest.subarray(size);
    this.#mostBytes = MAX_FRAME_BYTES;
    return taken;
  }

  #fill(partial: Buffer): Buffer | undefined {
    const count = Math.min(this.#rest.length, partial.length - this.#filled);
    this.#rest.copy(partial, this.#filled, 0, count);
    this.#rest = this.#rest.subarray(count);
    this.#filled += count;
    if (this.#filled < partial.length) return undefined;
    this.#partial = undefined;
    this.#mostBytes = MAX_FRAME_BYTES;
    return partial;
  }
}
