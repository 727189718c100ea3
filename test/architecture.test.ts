/** What may include or import what. The rules are data: the table below is all that there is to read. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');

/** What stands for loading an addon, which is a call and no import. */
const LOADS_AN_ADDON = 'an addon';

/** One include or import. What is not ours is written as it stands in the file: `<windows.h>`, `node:fs`. */
interface Dependency {
  readonly from: string;
  readonly to: string;
}

interface Rule {
  readonly title: string;
  /** The files that the rule is about. */
  readonly of: RegExp;
  /** Of our own files they may use these alone. */
  readonly mayUse?: RegExp;
  /** They never use these. */
  readonly neverUse?: RegExp;
  /** What would break the rule. */
  readonly broken: Dependency;
}

const uses = (from: string, to: string): Dependency => ({ from, to });

/** The engine's door: plain data and abstract classes, without sub-folders. */
const DOOR = String.raw`native/engine/[^/]+\.h`;

/** A room of native/, and which rooms it may include besides itself; `door` stands for the engine's door. */
const ROOMS: Record<string, readonly string[]> = {
  text: [],
  windows: ['text'],
  mapi: [],
  events: ['text'],
  engine: ['events', 'mapi', 'text', 'windows'],
  addon: ['door', 'events', 'text', 'windows'],
  host: ['door', 'events', 'text', 'windows', 'wire'],
  wire: ['door', 'events', 'text'],
  sample: ['mapi', 'text', 'windows'],
  'sample-outlook': ['sample', 'text', 'windows'],
  delay_load: [],
  mingw: [],
};

/** For each room an include that its line above forbids. */
const BROKEN_ROOMS: Record<string, string> = {
  text: 'native/events/clock.h',
  windows: 'native/engine/engine.h',
  mapi: 'native/windows/com_ptr.h',
  events: 'native/windows/alarm.h',
  engine: 'native/sample/script/scenario.h',
  addon: 'native/engine/session/session_core.h',
  host: 'native/engine/library/library.h',
  wire: 'native/host/pipes.h',
  sample: 'native/engine/hresult.h',
  'sample-outlook': 'native/engine/engine.h',
  delay_load: 'native/windows/module_pin.h',
  mingw: 'native/text/utf8.h',
};

const roomRules: Rule[] = Object.entries(ROOMS).map(([room, others]) => {
  const allowed = [room, ...others].map((name) => (name === 'door' ? DOOR : `native/${name}/.*`));
  return {
    title: `native/${room}/ includes of ours nothing but ${[`native/${room}/`, ...others].join(', ')}`,
    of: new RegExp(`^native/${room}/`),
    mayUse: new RegExp(`^(${allowed.join('|')})$`),
    broken: uses(`native/${room}/some_file.cpp`, BROKEN_ROOMS[room] ?? ''),
  };
});

const RULES: readonly Rule[] = [
  ...roomRules,
  {
    title: 'Node-API is known to the addon alone',
    of: /^native\/(?!addon\/)/,
    neverUse: /^<(napi|node_api|js_native_api|node|uv|v8)\.h>$/,
    broken: uses('native/engine/session/session_core.cpp', '<napi.h>'),
  },
  {
    title: 'MAPI’s interfaces are known to the engine and to the samples alone',
    of: /^native\/(addon|host|wire|events)\//,
    neverUse: /^native\/mapi\//,
    broken: uses('native/host/main.cpp', 'native/mapi/mapi.h'),
  },
  {
    title: 'the engine’s door shows nothing that stands behind it, and nothing of Windows',
    of: new RegExp(`^${DOOR}$`),
    neverUse: /^(native\/engine\/.*\/|native\/windows\/|native\/mapi\/(?!codes\.h)|<windows\.h>|<objbase\.h>)/,
    broken: uses('native/engine/run.h', 'native/engine/run/sync_state.h'),
  },
  {
    title: 'text, the wire and the runs’ decisions are portable; of events/, the lock and the clock alone are not',
    of: /^native\/(text\/|wire\/|engine\/run\/|events\/(?!lock\.h|clock\.h))/,
    neverUse: /^<windows\.h>$/,
    broken: uses('native/events/event_queue.h', '<windows.h>'),
  },
  {
    title: 'in src/, one module loads the addon',
    of: /^src\/(?!native\/addon\.ts)/,
    neverUse: new RegExp(`^${LOADS_AN_ADDON}$`),
    broken: uses('src/session.ts', LOADS_AN_ADDON),
  },
  {
    title: 'in src/, one module starts the host',
    of: /^src\/(?!native\/host\.ts)/,
    neverUse: /^node:child_process$/,
    broken: uses('src/logon.ts', 'node:child_process'),
  },
  {
    title: 'what an engine offers is said without naming one that offers it',
    of: /^src\/native\/binding\.ts$/,
    mayUse: /^$/,
    broken: uses('src/native/binding.ts', 'src/native/addon.ts'),
  },
  {
    title: 'the command uses the public entry points alone, like any user',
    of: /^src\/cli\//,
    mayUse: /^src\/(cli\/.*|index\.ts|com\.ts|outlook\.ts|testing\/index\.ts)$/,
    broken: uses('src/cli/main.ts', 'src/session.ts'),
  },
  {
    title: 'nothing but the command uses the command',
    of: /^src\/(?!cli\/)/,
    neverUse: /^src\/cli\//,
    broken: uses('src/session.ts', 'src/cli/exit-code.ts'),
  },
  {
    title: 'the status element runs in a browser: it uses nothing of ours and nothing of Node’s',
    of: /^src\/status-element\//,
    mayUse: /^src\/status-element\//,
    neverUse: /^node:/,
    broken: uses('src/status-element/index.ts', 'node:util'),
  },
];

function breaks(rule: Rule, { from, to }: Dependency): boolean {
  if (!rule.of.test(from)) return false;
  const isOurs = /^(native|src)\//.test(to);
  return rule.neverUse?.test(to) === true || (isOurs && rule.mayUse?.test(to) === false);
}

function filesOf(folder: string, ending: RegExp): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`);
}

const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** An include is written as seen from native/. One that is not, as of a file beside this one, names no file of ours. */
function includesOf(from: string): Dependency[] {
  return [...textOf(from).matchAll(/^\s*#\s*include\s+(?:"([^"]+)"|(<[^>]+>))/gm)].map(([, ours, other]) =>
    uses(from, ours === undefined ? (other ?? '') : `native/${ours}`),
  );
}

function importsOf(from: string): Dependency[] {
  const source = textOf(from);
  const named = /\bfrom '([^']+)'|\bimport\(?\s*'([^']+)'|\bgetBuiltinModule\('([^']+)'\)/g;
  const imports = [...source.matchAll(named)].map((match) => {
    const name = match.slice(1).find((one) => one !== undefined) ?? '';
    if (!name.startsWith('.')) return uses(from, name);
    return uses(from, path.posix.join(path.posix.dirname(from), name).replace(/\.js$/, '.ts'));
  });
  return /\bprocess\s*\.\s*dlopen\b/.test(source) ? [...imports, uses(from, LOADS_AN_ADDON)] : imports;
}

const dependencies = [
  ...filesOf('native', /\.(h|cpp)$/).flatMap(includesOf),
  ...filesOf('src', /\.ts$/).flatMap(importsOf),
];

describe('the house', () => {
  it.each(RULES)('$title', (rule) => {
    const broken = dependencies.filter((dependency) => breaks(rule, dependency));
    expect(broken.map(({ from, to }) => `${from} uses ${to}`)).toEqual([]);
  });

  it.each(RULES)('would notice it if this did not hold: $title', (rule) => {
    expect(breaks(rule, rule.broken)).toBe(true);
  });

  it('has a rule for every room of native/', () => {
    const rooms = readdirSync(path.join(root, 'native'), { withFileTypes: true }).filter((room) => room.isDirectory());
    expect(Object.keys(ROOMS)).toEqual(expect.arrayContaining(rooms.map(({ name }) => name)));
  });

  it('names in includes and imports only files that there are', () => {
    const missing = dependencies.filter(({ to }) => /^(native|src)\//.test(to) && !existsSync(path.join(root, to)));
    expect(missing).toEqual([]);
  });
});
