import type { AuthenticatorBlock } from '../../extension/index.ts';
import type { Origin, Sourced } from '../../model/origin.ts';
import { sameContents } from '../root/same-contents.ts';
import type { Weakening } from './weakened-facets.ts';

const defaultAlgorithms = ['RS256', 'ES256', 'PS256'];
const defaultClockSkew = 30_000;

/**
 * What an authenticator accepts although it did not before. Another issuer is another identity provider: its keys,
 * audiences and claims are its own, and only algorithms, clock skew and forwarded headers are compared.
 */
export function weakenedAuthenticator(
  name: string,
  before: AuthenticatorBlock,
  after: AuthenticatorBlock,
  at: Origin,
): readonly Weakening[] {
  const found: Weakening[] = [];
  const check = (field: keyof AuthenticatorBlock & string, weaker: boolean, how: string): void => {
    if (weaker) found.push({ guard: `authenticators.${name}.${field}`, how, at: after[field]?.at ?? at });
  };
  const algorithms = texts(before.algorithms) ?? defaultAlgorithms;
  check(
    'algorithms',
    !within(texts(after.algorithms) ?? defaultAlgorithms, algorithms),
    'accepts more algorithms',
  );
  const skew = (block: AuthenticatorBlock): number => block.clockSkew?.value ?? defaultClockSkew;
  check('clockSkew', skew(after) > skew(before), 'accepts expired tokens for longer');
  check('forward', losesHeaders(before, after), 'no longer removes a header that clients could forge');
  check(
    'stripToken',
    before.stripToken?.value === true && after.stripToken?.value !== true,
    'no longer keeps the token from the back end',
  );
  if (before.issuer.value.text !== after.issuer.value.text) return found;
  check(
    'audiences',
    !within(texts(after.audiences) ?? [], texts(before.audiences) ?? []),
    'accepts tokens for other audiences',
  );
  for (const field of ['jwks', 'scopeClaim', 'roleClaim', 'from'] as const) {
    check(field, !sameContents(before[field], after[field]), 'differs for the same issuer');
  }
  return found;
}

function losesHeaders(before: AuthenticatorBlock, after: AuthenticatorBlock): boolean {
  const kept = new Set([...(after.forward?.value.keys() ?? [])].map((header) => header.toLowerCase()));
  return [...(before.forward?.value.keys() ?? [])].some((header) => !kept.has(header.toLowerCase()));
}

function texts(list: Sourced<readonly Sourced<string>[]> | undefined): readonly string[] | undefined {
  return list?.value.map(({ value }) => value);
}

function within(inner: readonly string[], outer: readonly string[]): boolean {
  return inner.every((one) => outer.includes(one));
}
