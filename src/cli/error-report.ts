import type { MapiError } from '../index.js';
import { printable } from './terminal-text.js';
import { UsageError } from './usage-error.js';
import { commandNames, usageLine } from './usage-text.js';

/** By its members, not its class: this must not load the library just to report a typing error. */
export function isMapiError(error: unknown): error is MapiError {
  return error instanceof Error && 'hresult' in error && 'operation' in error && 'code' in error;
}

/** An error for people: what happened, its code, what can be done. Lines without a line feed at their ends. */
export function describeError(error: unknown): string[] {
  if (error instanceof UsageError) {
    const command = commandNames.find((name) => name === error.command);
    const more = command === undefined ? 'mapisync --help' : `mapisync ${command} --help`;
    return [
      printable(error.message),
      `Usage: ${command ? usageLine(command) : 'mapisync <command> [options]'}`,
      `More:  ${more}`,
    ];
  }
  if (isMapiError(error)) {
    const lines = [printable(error.message)];
    // Most messages begin with both of them.
    if (!error.message.includes(error.code)) lines.push(`  code:      ${codeText(error)}`);
    if (!error.message.includes(error.operation)) lines.push(`  operation: ${error.operation}`);
    if (error.detail && !error.message.includes(error.detail)) lines.push(`  detail:    ${printable(error.detail)}`);
    if (error.hint) lines.push(`  hint:      ${printable(error.hint)}`);
    return lines;
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    // A file that cannot be written, say: the stack would tell a user nothing.
    return [printable(error.message)];
  }
  if (error instanceof Error) return (error.stack ?? String(error)).split('\n').map(printable);
  return [printable(String(error))];
}

/** An error for programs: the object that stands in a line of `--json`. */
export function errorObject(error: unknown): Record<string, unknown> {
  const type = 'error';
  if (isMapiError(error)) return { type, ...error.toJSON() };
  if (!(error instanceof Error)) return { type, name: 'Error', code: null, message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { type, name: error.name, code, message: error.message };
}

function codeText(error: { readonly code: string; readonly hresult: number }): string {
  const hex = `0x${error.hresult.toString(16).toUpperCase().padStart(8, '0')}`;
  return error.code === hex ? hex : `${error.code} (${hex})`;
}
