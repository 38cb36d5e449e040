import { type AuthenticatorBlock, kindOfAuthenticator } from '../../extension/index.ts';
import type { Origin, Sourced } from '../../model/origin.ts';
import { sameContents } from '../root/same-contents.ts';
import type { Weakening } from './weakened-facets.ts';
import { weakenedIssuers } from './weakened-issuers.ts';

type Field = keyof AuthenticatorBlock & string;
type Check = (field: Field, weaker: boolean, how: string) => void;

const defaultAlgorithms = ['RS256', 'ES256', 'PS256'];
const defaultClockSkew = 30_000;
const defaultIntrospectionCache = 30_000;

/**
 * What an authenticator accepts although it did not before. Where the whole identity provider is another (one issuer in
 * place of one, another introspection endpoint, another service), its keys, audiences and claims are its own; what the
 * gateway does with them is compared all the same. Conservative: what cannot be shown to be as strict is a weakening.
 */
export function weakenedAuthenticator(
  name: string,
  before: AuthenticatorBlock,
  after: AuthenticatorBlock,
  at: Origin,
): readonly Weakening[] {
  const found: Weakening[] = [];
  const check: Check = (field, weaker, how) => {
    if (weaker) found.push({ guard: `authenticators.${name}.${field}`, how, at: after[field]?.at ?? at });
  };
  const [old, now] = [kindOfAuthenticator(before), kindOfAuthenticator(after)];
  if (old !== now) {
    return [{ guard: `authenticators.${name}`, how: `verifies another kind of credential (${now})`, at }];
  }
  checkShared(before, after, check);
  switch (now) {
    case 'jwt':
      checkTokens(before, after, check);
      break;
    case 'introspection':
      checkIntrospection(before, after, check);
      break;
    case 'external':
      checkExternal(before, after, check);
      break;
    case 'basic':
      check('users', !sameContents(before.users, after.users), 'reads other users');
      break;
    case 'certificate':
      checkCertificate(before, after, check);
      break;
    case 'api-key':
      break;
  }
  return found;
}

/** How every kind takes a credential and hands on what it learned. */
function checkShared(before: AuthenticatorBlock, after: AuthenticatorBlock, check: Check): void {
  check('forward', losesHeaders(before, after), 'no longer removes a header that clients could forge');
  check(
    'stripToken',
    before.stripToken?.value === true && after.stripToken?.value !== true,
    'no longer keeps the credential from the back end',
  );
  const inQuery = (block: AuthenticatorBlock): readonly string[] =>
    (block.from?.value ?? []).flatMap(({ value }) => (value.kind === 'query' ? [value.name] : []));
  check('from', !within(inQuery(after), inQuery(before)), 'takes credentials from the query');
}

function checkTokens(before: AuthenticatorBlock, after: AuthenticatorBlock, check: Check): void {
  const algorithms = (block: AuthenticatorBlock) => texts(block.algorithms) ?? defaultAlgorithms;
  check('algorithms', !within(algorithms(after), algorithms(before)), 'accepts more algorithms');
  const skew = (block: AuthenticatorBlock): number => block.clockSkew?.value ?? defaultClockSkew;
  check('clockSkew', skew(after) > skew(before), 'accepts expired tokens for longer');
  const sameProvider = weakenedIssuers(before, after, check);
  if (!sameProvider) return;
  check('key', !sameContents(before.key, after.key), 'verifies tokens of the same issuer by another secret');
  checkClaims(before, after, check);
}

/** What claims mean is the provider's affair, unless it is the same provider. */
function checkClaims(before: AuthenticatorBlock, after: AuthenticatorBlock, check: Check): void {
  for (const field of ['scopeClaim', 'roleClaim', 'from'] as const) {
    const alreadyFound =
      field === 'from' && (after.from?.value ?? []).some(({ value }) => value.kind === 'query');
    check(field, !alreadyFound && !sameContents(before[field], after[field]), 'differs for the same issuer');
  }
}

function checkIntrospection(before: AuthenticatorBlock, after: AuthenticatorBlock, check: Check): void {
  const cache = (block: AuthenticatorBlock): number =>
    block.introspection?.value.cache?.value ?? defaultIntrospectionCache;
  check('introspection', cache(after) > cache(before), 'accepts revoked tokens for longer');
  const audiences = texts(before.audiences);
  const now = texts(after.audiences);
  if (before.introspection?.value.url.value.text !== after.introspection?.value.url.value.text) {
    check('audiences', audiences !== undefined && now === undefined, 'no longer asks for an audience');
    return;
  }
  const keeps = audiences === undefined || (now !== undefined && within(now, audiences));
  check('audiences', !keeps, 'accepts tokens for other audiences');
  checkClaims(before, after, check);
}

function checkExternal(before: AuthenticatorBlock, after: AuthenticatorBlock, check: Check): void {
  const [old, now] = [before.external?.value, after.external?.value];
  const cache = (block: typeof old): number => block?.cache?.value ?? 0;
  check('external', cache(now) > cache(old), 'keeps decisions for longer');
  check(
    'external',
    old?.backend.value !== now?.backend.value || (old?.path?.value ?? '/') !== (now?.path?.value ?? '/'),
    'asks another service',
  );
  checkClaims(before, after, check);
}

function checkCertificate(before: AuthenticatorBlock, after: AuthenticatorBlock, check: Check): void {
  const [old, now] = [before.certificate?.value, after.certificate?.value];
  check('certificate', old?.ca.value !== now?.ca.value, 'trusts other authorities');
  const subjects = texts(old?.subjects);
  const kept = texts(now?.subjects);
  const keeps = subjects === undefined || (kept !== undefined && within(kept, subjects));
  check('certificate', !keeps, 'accepts certificates of other subjects');
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
