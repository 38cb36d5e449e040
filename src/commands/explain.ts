import { hasErrors } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { type FieldReference, fieldReference } from '../extension/index.ts';
import { catalog } from './catalog.ts';
import { exitCode } from './exit-code.ts';
import { loadGateway, type ReadingOptions } from './load.ts';
import { printExplanation } from './print-explanation.ts';
import { printFindings } from './print-findings.ts';
import type { Terminal } from './terminal.ts';

export type ExplainOptions = ReadingOptions;

/** `METHOD PATH SPEC…` explains a request; one word alone is the code of a finding or a field of x-gateway. */
export async function explain(
  subject: readonly string[],
  options: ExplainOptions,
  terminal: Terminal,
): Promise<number> {
  const [first = '', path, ...specs] = subject;
  if (path === undefined) return explainWord(first, terminal);
  if (specs.length === 0) {
    terminal.err('gwc: name the documents behind METHOD and PATH: gwc explain GET /orders/1 openapi.yaml\n');
    return exitCode.usage;
  }
  const loaded = await loadGateway(specs, options);
  const { locate } = loaded.documents;
  if (loaded.gateway === undefined) {
    await printFindings(loaded.diagnostics, locate, options.format, terminal);
    return loaded.unreadable ? exitCode.unreadable : exitCode.findings;
  }
  const { explain: explainRequest } = await import('../decide/index.ts');
  const explanation = explainRequest(loaded.gateway, first.toUpperCase(), path);
  if (options.format === 'json') {
    terminal.out(`${JSON.stringify({ format: 1, explanation }, undefined, 2)}\n`);
  } else {
    await printFindings(loaded.diagnostics, locate, 'pretty', terminal);
    terminal.out(printExplanation(explanation, locate));
  }
  return hasErrors(loaded.diagnostics) ? exitCode.findings : exitCode.fine;
}

function explainWord(word: string, terminal: Terminal): number {
  const kind = catalog.find((one) => one.code === word.toUpperCase());
  if (kind !== undefined) {
    const texts = [kind.consequence, kind.fix].map((text) => (typeof text === 'string' ? text : ''));
    terminal.out(`${kind.code} (${kind.severity}): ${kind.title}\n`);
    if (texts[0] !== '') terminal.out(`  why  ${texts[0]}\n`);
    if (texts[1] !== '') terminal.out(`  fix  ${texts[1]}\n`);
    return exitCode.fine;
  }
  const field = fieldReference(word);
  if (field.kind === 'field') {
    terminal.out(printField(field));
    return exitCode.fine;
  }
  const codes = catalog.map((one) => one.code);
  const hint =
    field.suggestion === undefined ? didYouMean(word, codes) : ` Did you mean "${field.suggestion}"?`;
  terminal.err(`gwc: "${word}" is neither the code of a finding nor a field of x-gateway.${hint}\n`);
  return exitCode.usage;
}

function printField(field: FieldReference): string {
  const where =
    field.level === 'root' ? 'in the root block' : 'in defaults, on a path item and on an operation';
  const rows = [
    ['type', field.type],
    ['where', where],
    ['default', field.required ? 'none, the field is required' : (field.byDefault ?? 'none')],
    ...(field.fields.length === 0 ? [] : [['fields', field.fields.join(', ')]]),
  ];
  const lines = rows.map(([name = '', text = '']) => `  ${name.padEnd(7)}  ${text}`);
  return `${[field.path, `  ${field.description}`, ...lines].join('\n')}\n`;
}
