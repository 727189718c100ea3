/** What the command tells the shell. */
export const ExitCode = {
  /** Everything that was to be synchronized has been. */
  succeeded: 0,
  /** A sync or another MAPI call failed, the demo found a difference, or the output could not be written. */
  failed: 1,
  /** The command line was wrong. */
  usage: 2,
  /** Everything was synchronized, but providers reported problems on the way. */
  problems: 3,
  /** Stopped by Ctrl-C, or because the reader of the output left: 128 and the number of SIGINT. */
  cancelled: 130,
} as const;

export const EXIT_CODES =
  'Exit codes: 0 all succeeded, 1 a sync or MAPI failed, 2 wrong usage, 3 succeeded with problems reported, ' +
  '130 cancelled with Ctrl-C.';
