import type { Authenticator, CredentialPlace } from '../model/authentication.ts';
import { type FieldLine, fieldValues } from './parse-head.ts';

/** A credential as presented. `token` is undefined when what stands in its place cannot be one. */
export interface Credential {
  readonly place: CredentialPlace;
  readonly token: string | undefined;
}

/** Every credential that a request presents in one of an authenticator's places. */
export function presentedCredentials(
  { from }: Authenticator,
  fields: readonly FieldLine[],
): readonly Credential[] {
  return from.value.flatMap((place) => {
    const presented = inPlace(place, fields);
    return presented === undefined ? [] : [{ place, token: presented.token }];
  });
}

type Presented = { readonly token: string | undefined } | undefined;

function inPlace(place: CredentialPlace, fields: readonly FieldLine[]): Presented {
  if (place.kind === 'cookie') return single(cookieValues(fields, place.name));
  const values = fieldValues(fields, place.name);
  if (place.name.toLowerCase() !== 'authorization') return single(values);
  return bearer(values.filter((value) => value !== ''));
}

function single(values: readonly string[]): Presented {
  const [only, ...others] = values;
  if (only === undefined || (only === '' && others.length === 0)) return undefined;
  return { token: others.length === 0 ? only : undefined };
}

/** RFC 6750 §2.1, RFC 9110 §11.4: the scheme `Bearer` in any case, one space, the token (BEHAVIOUR.md J2, J3). */
function bearer(values: readonly string[]): Presented {
  const presented = values.filter((value) => /^bearer(?![!#$%&'*+.^_`|~0-9A-Za-z-])/i.test(value));
  const [only] = presented;
  if (only === undefined) return undefined;
  return { token: values.length === 1 ? /^bearer ([^ \t,]+)$/i.exec(only)?.[1] : undefined };
}

/** Values of a cookie (RFC 6265 §5.4): pairs of every Cookie line, names with their case. */
function cookieValues(fields: readonly FieldLine[], name: string): readonly string[] {
  return cookiePairs(fields).flatMap((pair) =>
    cookieName(pair) === name ? [pair.slice(name.length + 1)] : [],
  );
}

export function cookiePairs(fields: readonly FieldLine[]): readonly string[] {
  return fieldValues(fields, 'cookie')
    .flatMap((value) => value.split(';'))
    .map((pair) => pair.replace(/^[ \t]+|[ \t]+$/g, ''))
    .filter((pair) => pair !== '');
}

/** Undefined for a pair without an equals sign. */
export function cookieName(pair: string): string | undefined {
  const equals = pair.indexOf('=');
  return equals < 0 ? undefined : pair.slice(0, equals);
}
