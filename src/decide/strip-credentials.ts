import type { Authentication, Authenticator } from '../model/authentication.ts';
import type { Gateway, Operation } from '../model/gateway.ts';
import { withoutCookies } from './cookies.ts';
import { presentedCredentials } from './credentials.ts';
import type { FieldLine } from './parse-head.ts';
import { withoutParameters } from './query-parameter.ts';

interface Sent {
  readonly gateway: Gateway;
  readonly operation: Operation;
  readonly fields: readonly FieldLine[];
  readonly target: { readonly query: string | undefined };
}

export interface StrippedCredentials {
  /** Lower-case name → what the back end gets of it, undefined for nothing. */
  readonly headers: ReadonlyMap<string, string | undefined>;
  /** Raw query that the back end gets, without its question mark. */
  readonly query: string | undefined;
}

/**
 * `stripToken`: what carried a credential of the operation does not reach the back end; other cookies and parameters
 * do. Parameters of a query credential never do, whether they hold one or not.
 */
export function strippedCredentials({ gateway, operation, fields, target }: Sent): StrippedCredentials {
  const headers = new Map<string, string | undefined>();
  const asked = operation.features.authentication.value;
  const cookies = new Set<string>();
  for (const authenticator of listed(asked, gateway.authenticators)) {
    if (!authenticator.stripToken) continue;
    const source = { fields, query: target.query, certificate: undefined };
    for (const credential of presentedCredentials(authenticator, source)) {
      if (credential.kind !== 'text') continue;
      const { kind, name } = credential.place;
      if (kind === 'cookie') cookies.add(name);
      if (kind === 'header') headers.set(name.toLowerCase(), undefined);
    }
  }
  if (cookies.size > 0) headers.set('cookie', withoutCookies(fields, cookies));
  const parameters = credentialParameters(asked, gateway.authenticators);
  return { headers, query: withoutParameters(target.query, parameters) };
}

/** Query parameters in which an operation takes credentials. */
export function credentialParameters(
  asked: Authentication,
  authenticators: readonly Authenticator[],
): ReadonlySet<string> {
  const places = listed(asked, authenticators).flatMap(({ from }) => from.value);
  return new Set(places.flatMap(({ kind, name }) => (kind === 'query' ? [name] : [])));
}

function listed(asked: Authentication, authenticators: readonly Authenticator[]): readonly Authenticator[] {
  if (asked.kind === 'public') return [];
  const names = new Set(asked.anyOf.flat().map((requirement) => requirement.authenticator));
  return authenticators.filter(({ name }) => names.has(name));
}
