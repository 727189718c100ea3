import type { Command } from '../command-line/command.js';
import { demo } from './demo.js';
import { help } from './help.js';
import { profiles } from './profiles.js';
import { stores } from './stores.js';
import { sync } from './sync.js';

/** All commands, in the order in which the help lists them. */
export const COMMANDS: readonly Command[] = [sync, stores, profiles, demo, help];
