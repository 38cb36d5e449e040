import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import type { Authentication, Authenticator } from '../../model/authentication.ts';
import type { Origin } from '../../model/origin.ts';
import { credentialsCollide } from '../diagnostics.ts';

type Required = Exclude<Authentication, { readonly kind: 'public' }>;

/** How a kind is written in Authorization, which a request has once (RFC 9110 §11.6.2). */
const schemes: { readonly [K in Authenticator['kind']]: string | undefined } = {
  jwt: 'Bearer',
  introspection: 'Bearer',
  external: 'Bearer',
  basic: 'Basic',
  'api-key': 'the bare key',
  sigv4: 'AWS4-HMAC-SHA256',
  certificate: undefined,
};

/** Reports alternatives that no request can satisfy, because two credentials of them need one header. */
export function checkAlternatives(
  title: string,
  { anyOf }: Required,
  authenticators: ReadonlyMap<string, Authenticator>,
  at: Origin,
  report: Report,
): void {
  for (const alternative of anyOf) {
    const inAuthorization = alternative.flatMap(({ authenticator }) => {
      const one = authenticators.get(authenticator);
      return one === undefined || !isOnlyInAuthorization(one) ? [] : [one];
    });
    const [first, ...others] = inAuthorization;
    const other = others.find(({ kind }) => first !== undefined && schemes[kind] !== schemes[first.kind]);
    if (first === undefined || other === undefined) continue;
    const facts = { operation: title, one: first.name, other: other.name };
    const places = [related('One of them.', first.at, 'key'), related('The other.', other.at, 'key')];
    report(diagnostic(credentialsCollide, at, facts, { related: places }));
  }
}

function isOnlyInAuthorization({ from }: Authenticator): boolean {
  return (
    from.value.length > 0 &&
    from.value.every(({ kind, name }) => kind === 'header' && name.toLowerCase() === 'authorization')
  );
}
