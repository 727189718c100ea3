import type { MapiChoice } from '../../index.js';
import type { MapiOption } from '../command-line.js';
import type { Host } from '../host.js';

/** `--mapi` as `logon` and `profiles` take it. */
export async function mapiChoice(option: MapiOption, host: Host): Promise<MapiChoice> {
  return option === 'sample' ? (await host.testingKit()).sampleMapi : option;
}
