import { suggest } from '../../diagnostics/suggest.ts';
import { facets } from '../blocks/facets.ts';
import { root } from '../blocks/root.ts';
import type { FieldForm, Shape } from '../shape.ts';
import { rowsOf } from './rows.ts';

/** What `gwc explain FIELD` prints about one field. */
export interface FieldReference {
  readonly kind: 'field';
  /** `backends.<name>.tls.verify` */
  readonly path: string;
  /** `root`: in the root block. `facet`: in `defaults`, on a path item and on an operation. */
  readonly level: 'root' | 'facet';
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
  /** Markdown text; undefined where there is no default. */
  readonly byDefault: string | undefined;
  /** Names of the fields inside, when the value is an object. */
  readonly fields: readonly string[];
}

/**
 * Looks a field up by its path: with or without `x-gateway.` before it, with real names or `<name>` in maps, with or
 * without `[]` for items of lists.
 */
export function fieldReference(
  path: string,
): FieldReference | { readonly kind: 'unknown'; readonly suggestion: string | undefined } {
  const wanted = tokens(path.replace(/^x-gateway\./, ''));
  const levels = [
    { level: 'root', shape: root },
    { level: 'facet', shape: facets },
  ] as const;
  for (const { level, shape } of levels) {
    for (const { path: known, field } of rowsOf(shape, '')) {
      if (matches(wanted, tokens(known))) return describe(known, level, field);
    }
  }
  const all = levels.flatMap(({ shape }) => rowsOf(shape, '').map((row) => row.path));
  return { kind: 'unknown', suggestion: suggest(path, all) };
}

function describe(path: string, level: 'root' | 'facet', field: FieldForm): FieldReference {
  return {
    kind: 'field',
    path,
    level,
    type: field.shape.label,
    required: field.required,
    description: field.description,
    byDefault: field.byDefault,
    fields: fieldsInside(field.shape),
  };
}

function fieldsInside({ form }: Shape<unknown>): readonly string[] {
  switch (form.kind) {
    case 'record':
      return Object.keys(form.fields);
    case 'list':
      return fieldsInside(form.item);
    case 'map':
      return fieldsInside(form.value);
    case 'scalar':
      return [];
  }
}

function tokens(path: string): readonly string[] {
  return path
    .replaceAll(/\[[^\]]*\]/g, '')
    .split('.')
    .filter((token) => token !== '');
}

/** `<name>` in the known path stands for any one token, or for none: `backends.url` is understood. */
function matches(wanted: readonly string[], known: readonly string[]): boolean {
  const [first, ...rest] = known;
  if (first === undefined) return wanted.length === 0;
  const [head, ...tail] = wanted;
  if (!first.startsWith('<')) return head === first && matches(tail, rest);
  return (head !== undefined && matches(tail, rest)) || matches(wanted, rest);
}
