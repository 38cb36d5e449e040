import type { Terminal } from '../../src/commands/terminal.ts';

export interface Recorded {
  readonly terminal: Terminal;
  readonly out: () => string;
  readonly err: () => string;
}

/** A terminal that remembers what a command prints. */
export function recordedTerminal(environment: Readonly<Record<string, string>> = {}): Recorded {
  const printed = { out: '', err: '' };
  return {
    terminal: {
      out: (text) => {
        printed.out += text;
      },
      err: (text) => {
        printed.err += text;
      },
      color: false,
      workingDirectory: process.cwd(),
      environment,
      version: '0.0.0-test',
    },
    out: () => printed.out,
    err: () => printed.err,
  };
}
