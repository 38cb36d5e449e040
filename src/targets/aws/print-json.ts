import type { Json } from './template/cloudformation.ts';

/** Widest line that a value may share with its name. */
const width = 140;

/**
 * JSON for people and for machines: what fits on one line stands on one, the rest is indented by one blank. Members
 * that are `undefined` are left out. The same bytes for equal values.
 */
export function printJson(value: object): string {
  return `${printValue(value as Json, '')}\n`;
}

/** The same in one line. */
export function printCompactJson(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

function printValue(value: Json, indent: string): string {
  const short = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || indent.length + short.length <= width) return short;
  const inner = `${indent} `;
  if (isList(value))
    return bracket(
      '[',
      value.map((one) => printValue(one, inner)),
      ']',
      indent,
    );
  const members = Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [] : [`${JSON.stringify(name)}:${printValue(member, inner)}`],
  );
  return bracket('{', members, '}', indent);
}

function bracket(open: string, items: readonly string[], close: string, indent: string): string {
  if (items.length === 0) return `${open}${close}`;
  return `${open}\n${items.map((item) => `${indent} ${item}`).join(',\n')}\n${indent}${close}`;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
