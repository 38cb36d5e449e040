import { targets as known } from '../targets/index.ts';
import { exitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

const words = { full: 'yes', partial: 'partly', none: 'no' } as const;

/** Prints the support matrix: one row a feature, for each target. */
export function targets(format: 'pretty' | 'json', terminal: Terminal): number {
  const rows = known.flatMap((target) =>
    target.support.map(({ feature, support, note }) => ({ target: target.name, feature, support, note })),
  );
  rows.sort((a, b) => (a.target + a.feature < b.target + b.feature ? -1 : 1));
  if (format === 'json') {
    terminal.out(`${JSON.stringify({ format: 1, targets: rows }, undefined, 2)}\n`);
    return exitCode.fine;
  }
  const width = Math.max(...rows.map((row) => row.feature.length));
  for (const target of known) {
    terminal.out(`${target.title} (-t ${target.name})\n`);
    for (const row of rows.filter((one) => one.target === target.name)) {
      terminal.out(`  ${row.feature.padEnd(width)}  ${words[row.support].padEnd(6)}  ${row.note}\n`);
    }
  }
  return exitCode.fine;
}
