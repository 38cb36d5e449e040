import type { Authentication, Authenticator } from '../../../model/authentication.ts';

/**
 * Query parameters in which an operation takes credentials, sorted. None of them travels on, neither to the back end
 * nor with a redirect: a query is what logs and browsers keep.
 */
export function credentialParameters(
  authentication: Authentication | undefined,
  authenticators: readonly Authenticator[],
): readonly string[] {
  if (authentication === undefined || authentication.kind === 'public') return [];
  const used = new Set(authentication.anyOf.flat().map((requirement) => requirement.authenticator));
  const names = authenticators
    .filter(({ name }) => used.has(name))
    .flatMap(({ from }) => from.value.flatMap((place) => (place.kind === 'query' ? [place.name] : [])));
  return [...new Set(names)].sort();
}

/** The value of the variable that `njs/query.js` reads the names from. */
export function parameterList(names: readonly string[]): string {
  return names.map(encodeURIComponent).join('&');
}
