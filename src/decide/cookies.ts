import { type FieldLine, fieldValues } from './parse-head.ts';

/** Values of a cookie (RFC 6265 §5.4): pairs of every Cookie line, names with their case. */
export function cookieValues(fields: readonly FieldLine[], name: string): readonly string[] {
  return cookiePairs(fields).flatMap((pair) =>
    cookieName(pair) === name ? [pair.slice(name.length + 1)] : [],
  );
}

/**
 * The `Cookie` value without the cookies of these names; undefined when nothing remains. Where one of them occurs twice
 * no cookie is kept: back ends disagree on which of two counts, so the request is not one that a browser makes.
 */
export function withoutCookies(fields: readonly FieldLine[], names: ReadonlySet<string>): string | undefined {
  const pairs = cookiePairs(fields);
  const removed = pairs.map((pair) => cookieName(pair) ?? '').filter((name) => names.has(name));
  if (removed.length > new Set(removed).size) return undefined;
  const kept = pairs.filter((pair) => !names.has(cookieName(pair) ?? ''));
  return kept.length === 0 ? undefined : kept.join('; ');
}

function cookiePairs(fields: readonly FieldLine[]): readonly string[] {
  return fieldValues(fields, 'cookie')
    .flatMap((value) => value.split(';'))
    .map((pair) => pair.replace(/^[ \t]+|[ \t]+$/g, ''))
    .filter((pair) => pair !== '');
}

/** Undefined for a pair without an equals sign. */
function cookieName(pair: string): string | undefined {
  const equals = pair.indexOf('=');
  return equals < 0 ? undefined : pair.slice(0, equals);
}
