/** A wrong command line. The message says what came and what would do. */
export class UsageError extends Error {
  static {
    Object.defineProperty(UsageError.prototype, 'name', { value: 'UsageError' });
  }

  readonly code = 'WRONG_USAGE';
  /** The command that was meant, as far as that is known: its usage line helps most. */
  readonly command: string | null;

  constructor(message: string, command: string | null = null) {
    super(message);
    this.command = command;
  }
}
