/** The numbers that cross from C++ into JavaScript as they are. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EndReason, EventKind } from '../../src/native/binding.js';

/** The enumerators of a C++ enumeration, under the names that TypeScript gives them: `kNoResult` is `NO_RESULT`. */
function enumeration(file: string, name: string): Record<string, number> {
  const text = readFileSync(new URL(`../../native/${file}`, import.meta.url), 'utf8');
  const body = new RegExp(`enum class ${name} [^{]*\\{([^}]*)\\}`).exec(text)?.[1] ?? '';
  return Object.fromEntries(
    [...body.matchAll(/\bk(\w+) = (\d+)/g)].map(([, enumerator = '', number]) => [
      enumerator.replaceAll(/(?<!^)(?=[A-Z])/g, '_').toUpperCase(),
      Number(number),
    ]),
  );
}

describe('what C++ and TypeScript both number', () => {
  it('are the ends of a run', () => {
    expect(EndReason).toEqual(enumeration('engine/run.h', 'EndReason'));
  });

  it('are the kinds of events', () => {
    expect(EventKind).toEqual(enumeration('events/event_channel.h', 'EventKind'));
  });
});
