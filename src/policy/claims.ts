import type { ClaimPath } from '../model/policy.ts';

/** A parsed JSON value. Objects hold own properties only. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export type JsonObject = { readonly [name: string]: JsonValue };

/**
 * The value under a claim path, by own properties of objects (never of arrays, so `length` is no claim). Undefined
 * when a step is missing; `null` counts as missing (OpenID Connect Core §5.3.2 has claims omitted, not null).
 */
export function claimAt(
  claims: JsonObject | undefined,
  path: ClaimPath,
): Exclude<JsonValue, null> | undefined {
  let value: JsonValue | undefined = claims;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || isList(value) || !Object.hasOwn(value, step))
      return undefined;
    value = value[step];
  }
  return value === null ? undefined : value;
}

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/**
 * Words of a scope or role claim: a string split at single spaces, or a list of strings as it is. Undefined when the
 * claim is missing or has another type.
 */
export function wordsOf(value: JsonValue | undefined): ReadonlySet<string> | undefined {
  if (typeof value === 'string') return new Set(value.split(' ').filter((one) => one !== ''));
  if (!isList(value)) return undefined;
  const words = value.filter((one) => typeof one === 'string');
  return words.length === value.length ? new Set(words) : undefined;
}

/** Scopes that a token holds: those of the first scope claim that is present. */
export function heldScopes(
  claims: JsonObject | undefined,
  scopeClaims: readonly ClaimPath[],
): ReadonlySet<string> | undefined {
  const present = scopeClaims.map((path) => claimAt(claims, path)).find((value) => value !== undefined);
  return wordsOf(present);
}

/**
 * JSON text of a scalar claim. Undefined for anything else and for numbers that JSON readers do not agree on: beyond
 * the safe integers two different identifiers may be read as one number (RFC 8259 §6).
 */
export function scalarText(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' && isExact(value) ? JSON.stringify(value) : undefined;
}

export function isExact(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}
