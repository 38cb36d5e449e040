import { blank, comment, indented, scalarText } from './yaml-text.ts';

/** A value as it is written behind a field, on one line. */
export type Plain =
  | string
  | number
  | boolean
  | readonly Plain[]
  | { readonly [field: string]: Plain | undefined };

/** One field of a draft. Exactly what is known is written; what a person must say is a blank with a hint. */
export interface Entry {
  readonly name: string;
  readonly value:
    | { readonly kind: 'plain'; readonly plain: Plain }
    | { readonly kind: 'blank'; readonly hint: string }
    | { readonly kind: 'block'; readonly entries: readonly Entry[] };
  /** Lines above it: what it was derived from. */
  readonly why: readonly string[];
}

/** A field with a known value. */
export function field(name: string, plain: Plain, ...why: readonly string[]): Entry {
  return { name, value: { kind: 'plain', plain }, why };
}

/** A field that a person fills in. */
export function unknown(name: string, hint: string, ...why: readonly string[]): Entry {
  return { name, value: { kind: 'blank', hint }, why };
}

/** A field with fields. */
export function nested(name: string, entries: readonly Entry[], ...why: readonly string[]): Entry {
  return { name, value: { kind: 'block', entries }, why };
}

/** Lines of a block of YAML. */
export function entryLines(entries: readonly Entry[]): readonly string[] {
  return entries.flatMap((entry) => [...comment(...entry.why), ...fieldLines(entry)]);
}

function fieldLines({ name, value }: Entry): readonly string[] {
  const key = scalarText(name);
  switch (value.kind) {
    case 'plain':
      return [`${key}: ${flowText(value.plain)}`];
    case 'blank':
      return [blank(key, value.hint)];
    case 'block':
      return [`${key}:`, ...indented(entryLines(value.entries), 2)];
  }
}

/** Fields on one line; a blank has no value there either, and therefore fails a build just as well. */
export function flowEntries(entries: readonly Entry[]): string {
  const fields = entries.map(({ name, value }) => {
    const key = scalarText(name);
    if (value.kind === 'blank') return `${key}: `;
    return `${key}: ${value.kind === 'plain' ? flowText(value.plain) : flowEntries(value.entries)}`;
  });
  return `{${fields.join(', ')}}`;
}

/** A value in flow style. */
function flowText(plain: Plain): string {
  if (typeof plain === 'string') return scalarText(plain);
  if (typeof plain !== 'object') return String(plain);
  if (isList(plain)) return `[${plain.map(flowText).join(', ')}]`;
  const fields = Object.entries(plain).flatMap(([name, value]) =>
    value === undefined ? [] : [`${scalarText(name)}: ${flowText(value)}`],
  );
  return `{${fields.join(', ')}}`;
}

function isList(plain: object): plain is readonly Plain[] {
  return Array.isArray(plain);
}
