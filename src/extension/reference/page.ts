import { expressionForms } from '../blocks/expression.ts';
import { defaults, facets } from '../blocks/facets.ts';
import { root } from '../blocks/root.ts';
import type { FieldForm } from '../shape.ts';
import {
  decisions,
  environments,
  frontDoor,
  inheritance,
  notYet,
  opening,
  policies,
  policySemantics,
  secrets,
  security,
} from './prose.ts';
import { laterOf, type Row, rowsOf, writtenValuesOf } from './rows.ts';

/** The language reference in Markdown: `docs/language.md` holds exactly this text. */
export function languageReference(): string {
  const sections = [
    opening,
    '## The root block',
    ...rootTables(),
    '## Facets',
    'In `defaults`, on path items and on operations; `targets` not in `defaults`.',
    table(rowsOf(facets, '')),
    '## How values are written',
    valueTable(),
    inheritance,
    frontDoor,
    security,
    policies,
    expressionTable(),
    policySemantics,
    environments,
    secrets,
    decisions,
    notYet,
    laterList(),
  ];
  return `${sections.map((section) => section.trim()).join('\n\n')}\n`;
}

/** One table for the short fields, then one for each field with fields of its own. */
function rootTables(): readonly string[] {
  const fields = root.form.kind === 'record' ? Object.entries(root.form.fields) : [];
  const top = fields.map(([path, field]): Row => ({ path, field }));
  const below = fields.flatMap(([name, field]) => {
    const rows = field.shape.form === defaults.form ? [] : rowsOf(field.shape, name);
    return rows.length === 0 ? [] : [`### ${name}`, table(rows)];
  });
  return [table(top), ...below];
}

function table(rows: readonly Row[]): string {
  return [
    '| field | type | default | meaning |',
    '|---|---|---|---|',
    ...rows.map(({ path, field }) => line([code(path), typeOf(field), defaultOf(field), field.description])),
  ].join('\n');
}

function expressionTable(): string {
  const rows = expressionForms().flatMap((shape) => rowsOf(shape, ''));
  return [
    '| key | type | default | meaning |',
    '|---|---|---|---|',
    ...rows.map(({ path, field }) =>
      line([code(path), typeOf(field), path.includes('.') ? defaultOf(field) : '-', field.description]),
    ),
  ].join('\n');
}

/** Each kind of text once. */
function valueTable(): string {
  const all = [root, facets, ...expressionForms()].flatMap(writtenValuesOf);
  const first = all.filter(({ label }, i) => all.findIndex((other) => other.label === label) === i);
  first.sort((a, b) => (a.label < b.label ? -1 : 1));
  return [
    '| type | written as | example |',
    '|---|---|---|',
    ...first.map(({ label, allows, example }) =>
      line([label, allows.replaceAll('<', '&lt;'), code(example)]),
    ),
  ].join('\n');
}

/** `defaults` has the facets; they are listed once. */
function laterList(): string {
  const fields = [...laterOf(root, ''), ...laterOf(facets, '').map((path) => `facet ${path}`)];
  const own = fields.filter((path) => !path.startsWith('defaults.'));
  return own
    .map((path) => (path.startsWith('facet ') ? `- facet ${code(path.slice(6))}` : `- ${code(path)}`))
    .join('\n');
}

function typeOf(field: FieldForm): string {
  return field.shape.label;
}

function defaultOf(field: FieldForm): string {
  return field.required ? '**required**' : (field.byDefault ?? '-');
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function code(text: string): string {
  return `\`${text}\``;
}
