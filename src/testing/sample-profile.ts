/** Profiles for the sample MAPI: folders with a store in each sub-folder. */
import { copyFile, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { readArray, readObject, readString, shown } from '../arguments.js';

import { isScenario, type Scenario } from './scenario.js';

/** A store that really brings two trees of folders and `.eml` files together. */
export interface SampleMailboxStore {
  /** The display name: one line of text. Two stores may have the same. */
  readonly name: string;
  /**
   * Folders whose contents the store starts with; they are copied, and stay as they are. Omitted: an empty tree.
   * Relative paths start at the current folder.
   */
  readonly mailbox: { readonly server?: string; readonly local?: string };
}

/** A store that replays a scenario through the callback. */
export interface SampleScriptedStore {
  /** The display name: one line of text. Two stores may have the same. */
  readonly name: string;
  /** What `scenario()` built, or the text of a `scenario.txt`, which is written as it is, mistakes included. */
  readonly scenario: Scenario | string;
}

/** A store whose `QueryInterface` has no `IMAPISync`. */
export interface SampleSynclessStore {
  /** The display name: one line of text. Two stores may have the same. */
  readonly name: string;
  readonly syncless: true;
}

export type SampleStore = SampleMailboxStore | SampleScriptedStore | SampleSynclessStore;

export interface SampleProfileOptions {
  /** At least one. The first is the default store. */
  readonly stores: readonly SampleStore[];
  /**
   * Where the profile is made: the absolute path of a folder that is empty or does not exist yet.
   * @default a new folder among the temporary files
   */
  readonly path?: string;
  /**
   * How the session and its tables misbehave. An option that the sample does not know makes `logon` reject.
   *
   * - `rows N`: the store table has N rows, and those beyond the stores are invented; `name-length N`: each name has N characters;
   * - `missing TAG`, `error TAG HRESULT`, `null TAG`: what the rows have in place of a property (0x3001001F: the name);
   * - `fewer-values`: one value less than there are columns; `one-row-at-a-time`: however many were asked for;
   * - `no-row-count`, `approximate-row-count`: what GetRowCount answers; `ansi-only`: nothing speaks Unicode;
   * - `logon HRESULT`: what MAPILogonEx answers; `block-logon`, `block-logoff`: calls that never return;
   * - `slow-logoff MS`: IMAPISession::Logoff waits so long before it begins;
   * - `open-store HRESULT`, `refuse-open-flags FLAGS`: what OpenMsgStore answers;
   * - `alias-entry-ids`: each store table has other entry ids for the same stores, which only CompareEntryIDs finds equal;
   * - `busy N`: the session's first N calls of SynchronizeInBackground answer MAPI_E_BUSY;
   * - `books`: the profile's folder gets a `books.json` with the process's counters, which is written whenever a session
   *   logs off or is shut down fast, when MAPI is uninitialised, and when the process ends.
   */
  readonly options?: readonly string[];
}

/** Where a store of a sample profile lies on disk. */
export interface SampleStoreFolder {
  /** The display name. */
  readonly name: string;
  /** Absolute. A mailbox store has the trees `server` and `local` in it. */
  readonly folder: string;
}

/** A profile for the sample MAPI, on disk. Disposing it removes its folder: close its sessions before. */
export interface SampleProfile extends AsyncDisposable {
  /** The profile's folder, absolute: what `logon` takes as `profile`. */
  readonly path: string;
  /** The stores, in the order in which they were given. */
  readonly stores: readonly SampleStoreFolder[];
}

/**
 * Makes a profile for the sample MAPI. Works on any system, and needs no MAPI.
 *
 * @throws {TypeError | RangeError} for a bad argument, which the message names; nothing is written then
 * @throws the file system's error where writing fails; what was written by then is removed
 * @example
 * const profile = await sampleProfile({ stores: [{ name: 'Archive', mailbox: {} }] });
 * const session = await logon({ mapi: sampleMapi, profile: profile.path });
 */
export async function sampleProfile(options: SampleProfileOptions): Promise<SampleProfile> {
  const checked = await check(options);
  const path = checked.path ?? (await mkdtemp(join(tmpdir(), 'mapisync-profile-')));
  const remove = (): Promise<void> =>
    // A provider's thread or a virus scanner may hold a file for some moments more.
    rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  const folders = folderNames(checked.stores.map(({ name }) => name));
  try {
    await mkdir(path, { recursive: true });
    for (const [at, store] of checked.stores.entries()) await writeStore(store, join(path, folders[at] as string));
    const lines = checked.stores.map((store, at) => `${folders[at]}\t${store.name}\n`);
    await writeFile(join(path, 'stores.txt'), lines.join(''));
    if (checked.options.length > 0) await writeFile(join(path, 'options.txt'), `${checked.options.join('\n')}\n`);
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    path,
    stores: checked.stores.map((store, at) => ({ name: store.name, folder: join(path, folders[at] as string) })),
    [Symbol.asyncDispose]: remove,
  };
}

interface CheckedStore {
  readonly name: string;
  readonly trees?: { readonly server: string | null; readonly local: string | null };
  readonly scenario?: string;
}

interface CheckedProfile {
  readonly stores: readonly CheckedStore[];
  readonly path: string | null;
  readonly options: readonly string[];
}

async function check(options: SampleProfileOptions): Promise<CheckedProfile> {
  readObject(options, 'options');
  const path = options.path === undefined ? null : await checkPath(options.path);
  readArray(options.stores, 'options.stores');
  if (options.stores.length === 0) throw new RangeError('options.stores must have at least one store; got []');
  const stores: CheckedStore[] = [];
  for (const [at, store] of options.stores.entries())
    stores.push(await checkStore(`options.stores[${at}]`, store, path));
  return { stores, path, options: checkOptions(options.options ?? []) };
}

function checkOptions(options: unknown): readonly string[] {
  return readArray(options, 'options.options').map((given, at) => {
    const option = readString(given, `options.options[${at}]`);
    if (!/^[!-~]+( [!-~]+)*$/.test(option)) {
      throw new RangeError(
        `options.options[${at}] must be words with single blanks between them; got ${shown(option)}`,
      );
    }
    return option;
  });
}

async function checkPath(given: unknown): Promise<string> {
  const path = readString(given, 'options.path');
  if (!isAbsolute(path)) throw new RangeError(`options.path must be absolute; got ${shown(path)}`);
  // Disposing the profile removes this folder, so it must not have held files of somebody else.
  const entries = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new RangeError(`options.path must be a folder, or not exist yet (${error.code}); got ${shown(path)}`);
  });
  if (entries.length > 0)
    throw new RangeError(`options.path must be an empty folder, or not exist yet; got ${shown(path)}`);
  return resolve(path);
}

const STORE_KINDS = ['mailbox', 'scenario', 'syncless'] as const;

async function checkStore(argument: string, store: unknown, profilePath: string | null): Promise<CheckedStore> {
  const given = readObject(store, argument);
  const name = checkName(`${argument}.name`, given.name);
  const present = STORE_KINDS.filter((kind) => given[kind] !== undefined);
  if (present.length !== 1) {
    const came = present.length === 0 ? 'none of them' : present.join(' and ');
    throw new TypeError(`${argument} must have exactly one of ${STORE_KINDS.join(', ')}; got ${came}`);
  }
  if (present[0] === 'syncless') {
    if (given.syncless !== true) {
      throw new TypeError(`${argument}.syncless must be true; got ${shown(given.syncless)}`);
    }
    return { name };
  }
  if (present[0] === 'scenario') return { name, scenario: checkScenario(`${argument}.scenario`, given.scenario) };
  return { name, trees: await checkTrees(`${argument}.mailbox`, given.mailbox, profilePath) };
}

function checkName(argument: string, given: unknown): string {
  const name = readString(given, argument);
  // `stores.txt` is UTF-8, one store a line.
  if (name === '' || /[\0\r\n\p{Surrogate}]/u.test(name)) {
    throw new RangeError(
      `${argument} must be one line of text, not empty, without NUL and lone surrogates; got ${shown(name)}`,
    );
  }
  return name;
}

function checkScenario(argument: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (isScenario(value)) return value.toString();
  throw new TypeError(`${argument} must be what scenario() builds, or a string; got ${shown(value)}`);
}

async function checkTrees(
  argument: string,
  mailbox: unknown,
  profilePath: string | null,
): Promise<{ server: string | null; local: string | null }> {
  const given = readObject(mailbox, argument);
  return {
    server: await checkTree(`${argument}.server`, given.server, profilePath),
    local: await checkTree(`${argument}.local`, given.local, profilePath),
  };
}

async function checkTree(argument: string, given: unknown, profilePath: string | null): Promise<string | null> {
  if (given === undefined) return null;
  const tree = readString(given, argument);
  const found = await stat(tree).catch((error: NodeJS.ErrnoException) => {
    throw new RangeError(`${argument} must be a folder that can be read (${error.code}); got ${shown(tree)}`);
  });
  if (!found.isDirectory()) throw new RangeError(`${argument} must be a folder; got the file ${shown(tree)}`);
  const absolute = resolve(tree);
  if (profilePath !== null && contains(absolute, profilePath)) {
    throw new RangeError(`${argument} must not hold the profile's own path; got ${shown(tree)}`);
  }
  return absolute;
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !(/^\.\.($|[/\\])/.test(way) || isAbsolute(way));
}

/**
 * The name of each store's folder. It is the display name, so that people find their way, changed where Windows does not
 * take the name for a folder or where an earlier store has it.
 */
function folderNames(names: readonly string[]): string[] {
  // The profile has files with these names.
  const taken = new Set(['stores.txt', 'options.txt', 'books.json']);
  return names.map((name) => {
    const usable = usableName(name);
    let folder = usable;
    for (let number = 2; taken.has(caseless(folder)); number++) folder = `${usable} (${number})`;
    taken.add(caseless(folder));
    return folder;
  });
}

const LONGEST_FOLDER_NAME = 100;

function usableName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Windows allows none of them in a file name.
  const allowed = name.replace(/[<>:"/\\|?*\u0000-\u001f\u007f]/g, '_');
  const short =
    allowed.length <= LONGEST_FOLDER_NAME
      ? allowed
      : Array.from(allowed)
          .slice(0, LONGEST_FOLDER_NAME / 2)
          .join('');
  const ended = short.replace(/[. ]+$/, '');
  // Windows reserves the names of devices, whatever follows their first dot.
  const isDevice = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)/i.test(ended);
  return ended === '' || isDevice ? `_${ended}` : ended;
}

/** Windows takes names for the same file that are equal in this form. */
function caseless(name: string): string {
  return name.toUpperCase().toLowerCase();
}

async function writeStore(store: CheckedStore, folder: string): Promise<void> {
  await mkdir(folder);
  if (store.scenario !== undefined) return writeFile(join(folder, 'scenario.txt'), store.scenario);
  if (store.trees === undefined) return writeFile(join(folder, 'syncless'), '');
  for (const side of ['server', 'local'] as const) {
    const tree = store.trees[side];
    if (tree === null) await mkdir(join(folder, side));
    else await copyTree(tree, join(folder, side));
  }
}

/** How many files are copied at once: enough to keep a disk busy, few enough to leave handles for others. */
const FILES_AT_ONCE = 16;

/**
 * Copies the folder `from`, with all that is below it, to `to`, byte for byte. Makes `to`, and rejects with `EEXIST`
 * where it exists. Symbolic links are followed: the copy has none.
 */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  const files: string[] = [];
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const isFolder = entry.isSymbolicLink() ? (await stat(source)).isDirectory() : entry.isDirectory();
    if (isFolder) await copyTree(source, join(to, entry.name));
    else files.push(entry.name);
  }
  for (let first = 0; first < files.length; first += FILES_AT_ONCE) {
    const batch = files.slice(first, first + FILES_AT_ONCE);
    await Promise.all(batch.map((name) => copyFile(join(from, name), join(to, name))));
  }
}
