import type { Authentication, Authenticator } from '../../../model/authentication.ts';

/** Query parameters that carry credentials of the authenticators, sorted. */
export function strippedParameters(authenticators: readonly Authenticator[]): readonly string[] {
  const names = authenticators.flatMap(({ from }) =>
    from.value.flatMap((place) => (place.kind === 'query' ? [place.name] : [])),
  );
  return [...new Set(names)].sort();
}

/** Query parameters in which an operation takes credentials: none of them may travel on with a redirect. */
export function credentialParameters(
  authentication: Authentication,
  authenticators: readonly Authenticator[],
): readonly string[] {
  if (authentication.kind === 'public') return [];
  const names = new Set(authentication.anyOf.flat().map((requirement) => requirement.authenticator));
  return strippedParameters(authenticators.filter(({ name }) => names.has(name)));
}

/** The value of the variable that `njs/query.js` reads the names from. */
export function parameterList(names: readonly string[]): string {
  return names.map(encodeURIComponent).join('&');
}
