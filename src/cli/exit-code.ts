/** What the command tells the shell. */
export const ExitCode = {
  /** Everything that was to be synchronised has been. */
  succeeded: 0,
  /** A synchronisation or another MAPI call failed; or the demo found a difference. */
  failed: 1,
  /** The command line was wrong. */
  usage: 2,
  /** Everything was synchronised, but providers reported problems on the way. */
  problems: 3,
  /** Stopped by Ctrl-C: 128 and the number of SIGINT. */
  cancelled: 130,
} as const;
