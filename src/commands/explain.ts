import { hasErrors } from '../diagnostics/diagnostic.ts';
import { plainText } from '../diagnostics/plain-text.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { type FieldReference, fieldReference } from '../extension/index.ts';
import { catalog, type DeclaredKind } from './catalog.ts';
import { type SelectingOptions, selectGateways } from './configuration/select-gateways.ts';
import { withoutUsedElsewhere } from './configuration/unused-names.ts';
import { exitCode } from './exit-code.ts';
import { loadGateway } from './load.ts';
import { printExplanation } from './print-explanation.ts';
import { printFindings } from './print-findings.ts';
import { readOnce } from './read-once.ts';
import type { Terminal } from './terminal.ts';

export type ExplainOptions = SelectingOptions;

/** `METHOD PATH [SPEC…]` explains a request; one word alone is the code of a finding or a field of x-gateway. */
export async function explain(
  subject: readonly string[],
  options: ExplainOptions,
  terminal: Terminal,
): Promise<number> {
  const [first = '', path, ...specs] = subject;
  if (path === undefined) return explainWord(first, options.format, terminal);
  const selected = await selectGateways(specs, options, terminal);
  if (selected.kind === 'failed') return selected.exitCode;
  const [selection, ...others] = selected.selections;
  if (selection === undefined || others.length > 0) {
    const names = selected.selections.map(({ folder }) => folder).join(', ');
    terminal.err(`gwc: choose a gateway of the configuration with --gateway: ${names}\n`);
    return exitCode.usage;
  }
  const read = readOnce();
  const loaded = await loadGateway(selection.specs, selection.optionsFor(options, options.env), read);
  const found = await withoutUsedElsewhere(loaded.diagnostics, selected, options, read);
  const { locate } = loaded.documents;
  if (loaded.gateway === undefined) {
    await printFindings(found, locate, options.format, terminal);
    return loaded.unreadable ? exitCode.unreadable : exitCode.findings;
  }
  const { explain: explainRequest } = await import('../decide/index.ts');
  const explanation = explainRequest(loaded.gateway, first.toUpperCase(), path);
  if (options.format === 'json') {
    terminal.out(`${JSON.stringify({ format: 1, explanation }, undefined, 2)}\n`);
  } else {
    await printFindings(found, locate, 'pretty', terminal);
    terminal.out(printExplanation(explanation, locate));
  }
  return hasErrors(found) ? exitCode.findings : exitCode.fine;
}

function explainWord(word: string, format: 'pretty' | 'json', terminal: Terminal): number {
  const known = knownWord(word);
  if (known === undefined) {
    terminal.err(
      `gwc: "${plainText(word)}" is neither the code of a finding nor a field of x-gateway.${hint(word)}\n`,
    );
    return exitCode.usage;
  }
  terminal.out(
    format === 'json' ? `${JSON.stringify({ format: 1, ...known.facts }, undefined, 2)}\n` : known.text,
  );
  return exitCode.fine;
}

interface KnownWord {
  readonly facts: { readonly finding: object } | { readonly field: object };
  readonly text: string;
}

function knownWord(word: string): KnownWord | undefined {
  const kind = catalog.find((one) => one.code === word.toUpperCase());
  if (kind !== undefined) return { facts: { finding: findingFacts(kind) }, text: printKind(kind) };
  const field = fieldReference(word);
  if (field.kind !== 'field') return undefined;
  const { kind: _, ...facts } = field;
  return { facts: { field: facts }, text: printField(field) };
}

function hint(word: string): string {
  const field = fieldReference(word);
  if (field.kind === 'field' || field.suggestion === undefined) {
    return didYouMean(
      word,
      catalog.map((one) => one.code),
    );
  }
  return ` Did you mean "${field.suggestion}"?`;
}

/** What is known of a kind of finding before it is found; texts that depend on the finding are left out. */
function findingFacts(kind: DeclaredKind): Record<string, string> {
  const { code, severity, title, consequence, fix } = kind;
  return {
    code,
    severity,
    title,
    ...(typeof consequence === 'string' ? { consequence } : {}),
    ...(typeof fix === 'string' ? { fix } : {}),
  };
}

function printKind(kind: DeclaredKind): string {
  const { code, severity, title, consequence, fix } = findingFacts(kind);
  const lines = [`${code} (${severity}): ${title}`];
  if (consequence !== undefined) lines.push(`  why  ${consequence}`);
  if (fix !== undefined) lines.push(`  fix  ${fix}`);
  return `${lines.join('\n')}\n`;
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
