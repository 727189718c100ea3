/** The tests' own addon, test/native/probe: what they ask about the process they run in. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What of the sample MAPI is alive in this process. */
export interface SampleCounters {
  readonly sessions: number;
  readonly stores: number;
  readonly tables: number;
  readonly statusObjects: number;
  readonly profileAdmins: number;
  /** To all of those together. */
  readonly references: number;
  /** Synchronisations that have not let go of their callback. */
  readonly runs: number;
  readonly threads: number;
  /** MAPIAllocateBuffer and MAPIAllocateMore blocks that are not freed. */
  readonly allocations: number;
  /** MAPIInitialize calls without their MAPIUninitialize. */
  readonly initializations: number;
  /** References to callbacks that providers have taken and not given back; less than 0: given back too often. */
  readonly callbackReferences: number;
}

export interface Probe {
  /** null before the sample's DLL is loaded. */
  counters(): SampleCounters | null;
  /** This process's open handles. */
  handles(): number;
  /** This process's threads. */
  threads(): number;
  /** Bytes allocated from the process's heaps, by whichever module; V8's own heap is not among them. */
  heapBytes(): number;
  /** Raises Ctrl-C in this process alone; false where it cannot have a console. */
  pressControlC(): boolean;
}

// Where CMake leaves it, and where node-gyp does.
const places = [`../../build/${process.arch}/probe/probe.node`, '../../build/Release/probe.node'];

function load(): Probe {
  const file = places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((place) => existsSync(place));
  if (file === undefined) throw new Error(`the probe is not built: ${places.join(' and ')} are missing`);
  const module: { exports: unknown } = { exports: {} };
  process.dlopen(module, file);
  return module.exports as Probe;
}

export const probe: Probe = load();
