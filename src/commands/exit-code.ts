/** Exit codes of every command (README.md). */
export const exitCode = {
  fine: 0,
  /** Findings at or above the threshold; for `--check`, output that is not up to date. */
  findings: 1,
  /** Wrong use of the command line. */
  usage: 2,
  /** A document that cannot be read or parsed at all. */
  unreadable: 3,
  /** A bug in gwc. */
  bug: 70,
} as const;
