import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Locate, orderDiagnostics } from '../diagnostics/order.ts';
import type { Terminal } from './terminal.ts';

/**
 * Prints findings: for people on stderr with a summary line, for programs as JSON on stdout (also when there are none).
 * The printers are loaded only when they have something to print.
 */
export async function printFindings(
  found: readonly Diagnostic[],
  locate: Locate,
  format: 'pretty' | 'json',
  terminal: Terminal,
): Promise<void> {
  const ordered = orderDiagnostics(found, locate);
  if (format === 'json') {
    const { printJson } = await import('../diagnostics/print-json.ts');
    terminal.out(printJson(ordered, locate));
  } else if (ordered.length > 0) {
    const { printPretty, summarize } = await import('../diagnostics/print-pretty.ts');
    terminal.err(`${printPretty(ordered, locate, terminal.color)}\n${summarize(ordered)}\n`);
  }
}
