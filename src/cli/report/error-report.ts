import { usageLine } from '../command-line/help-text.js';
import { UsageError } from '../command-line/usage-error.js';
import type { MapiError, MapiErrorJson } from '../library.js';
import { shownMessage } from '../terminal/text.js';

/** An error's own sentences are longer than those of progress: they name paths and stores. */
const ERROR_COLUMNS = 1000;
const STACK_LINES = 20;

const E_FAIL = 0x8000_4005;
const E_INVALIDARG = 0x8007_0057;
const MAPI_E_USER_CANCEL = 0x8004_0113;

/** Looks at members, not at the class: this must not load the library just to report a typing error. */
export function isMapiError(error: unknown): error is MapiError {
  return error instanceof Error && 'hresult' in error && 'operation' in error && 'code' in error;
}

/** An error for people: what happened, its code, what can be done. The lines have no line feed at their ends. */
export function describeError(error: unknown): string[] {
  if (error instanceof UsageError) {
    const { command } = error;
    return [
      shownError(error.message),
      `Usage: ${command ? usageLine(command) : 'mapisync <command> [options]'}`,
      `More:  ${command ? `mapisync ${command.name} --help` : 'mapisync --help'}`,
    ];
  }
  if (isMapiError(error)) {
    const { message, code, operation, detail, hint } = error;
    return [
      shownError(message),
      // Most messages begin with both of them.
      ...(message.includes(code) ? [] : [`  code:      ${shownError(codeText(error))}`]),
      ...(message.includes(operation) ? [] : [`  operation: ${shownError(operation)}`]),
      ...(detail && !message.includes(detail) ? [`  detail:    ${shownError(detail)}`] : []),
      ...(hint ? [`  hint:      ${shownError(hint)}`] : []),
    ];
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    // For a file that cannot be written, the stack would tell a user nothing.
    return [shownError(error.message)];
  }
  const text = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  return text.split('\n').slice(0, STACK_LINES).map(shownError);
}

/** An error for programs, in the shape that all errors have in the lines of `--json`. */
export function errorJson(error: unknown): MapiErrorJson {
  if (isMapiError(error)) return error.toJSON();
  const name = error instanceof Error ? error.name : 'Error';
  const message = error instanceof Error ? error.message : String(error);
  const rest = { operation: 'mapisync', detail: null, hint: null };
  if (error instanceof UsageError) return { name, message, code: error.code, hresult: E_INVALIDARG, ...rest };
  if (name === 'AbortError') return { name, message, code: 'SYNC_CANCELLED', hresult: MAPI_E_USER_CANCEL, ...rest };
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'E_FAIL';
  return { name, message, code, hresult: E_FAIL, ...rest };
}

function shownError(text: string): string {
  return shownMessage(text, ERROR_COLUMNS);
}

function codeText(error: { readonly code: string; readonly hresult: number }): string {
  const hex = `0x${error.hresult.toString(16).toUpperCase().padStart(8, '0')}`;
  return error.code === hex ? hex : `${error.code} (${hex})`;
}
