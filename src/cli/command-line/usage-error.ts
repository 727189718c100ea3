import type { Command } from './command.js';

/** A wrong command line. The message says what came and what would do. */
export class UsageError extends Error {
  static {
    Object.defineProperty(UsageError.prototype, 'name', { value: 'UsageError' });
  }

  readonly code = 'WRONG_USAGE';
  /** The command that was meant, as far as that is known, for its usage line. */
  readonly command: Command | null;

  constructor(message: string, command: Command | null = null) {
    super(message);
    this.command = command;
  }
}
