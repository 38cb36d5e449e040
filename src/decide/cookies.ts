import { type FieldLine, fieldValues } from './parse-head.ts';

/** Values of a cookie (RFC 6265 §5.4): pairs of every Cookie line, names with their case. */
export function cookieValues(fields: readonly FieldLine[], name: string): readonly string[] {
  return cookiePairs(fields).flatMap((pair) =>
    cookieName(pair) === name ? [pair.slice(name.length + 1)] : [],
  );
}

/** The `Cookie` value without the cookies of these names; undefined when nothing remains. */
export function withoutCookies(fields: readonly FieldLine[], names: ReadonlySet<string>): string | undefined {
  const kept = cookiePairs(fields).filter((pair) => !names.has(cookieName(pair) ?? ''));
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
