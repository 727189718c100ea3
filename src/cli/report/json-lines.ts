import type { Output } from '../terminal/output.js';

/**
 * One object as one line of printable ASCII. Everything else is escaped, so that every line reader splits the lines at line feeds
 * alone, and no terminal takes a part of them for a command.
 */
export function jsonLine(object: object): string {
  const escaped = JSON.stringify(object).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${escaped}\n`;
}

/** Resolves when the output takes more. */
export async function writeJsonLine(output: Output, object: object): Promise<void> {
  output.write(jsonLine(object));
  await output.room();
}
