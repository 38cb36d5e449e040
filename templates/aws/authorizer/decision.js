import { claimAt, headerText, scopesOf } from './claims.js';
import { presented } from './credentials.js';
import { verify } from './identities.js';
import { allHold } from './policy.js';

/*
 * Who may pass a guard. A decision is {outcome, reason} with what belongs to it. Outcomes: 'allow' (with `subject`,
 * `consumer` and `headers`), 'deny' (perhaps with `challenge`), 'unauthenticated', 'unavailable'.
 */

/** Kinds that need nothing but data come first: of several credentials, an invalid one spares questions to services. */
const costs = { 'api-key': 0, certificate: 0, jwt: 1, basic: 2, introspection: 3, external: 4 };

/** gateway: authenticators, sources and consumers; now: Unix seconds. */
export async function decide(guard, request, gateway, now) {
  const { alternatives } = guard;
  if (alternatives === undefined) return { outcome: 'allow', reason: 'public', identities: [] };
  const credentials = guard.authenticators.map(({ places }) => presented(places, request));
  if (credentials.some(({ length }) => length > 1)) return unauthenticated('ambiguous-credential');
  const identityOf = identifier(guard, credentials, gateway, { now, ttl: guard.ttlSeconds });
  let refusal;
  let isUnavailable = false;
  for (const { requirements, challenge } of alternatives) {
    const judged = await judge(requirements, identityOf, gateway, guard);
    if (Array.isArray(judged)) return authorize(guard, judged, request, gateway, now);
    if (judged === 'unavailable') isUnavailable = true;
    if (judged === 'insufficient') refusal ??= { outcome: 'deny', reason: 'insufficient-scope', challenge };
  }
  if (isUnavailable) return { outcome: 'unavailable', reason: 'unavailable' };
  if (refusal !== undefined) return refusal;
  if (credentials.some(({ length }) => length > 0)) return unauthenticated('invalid-token');
  if (!guard.optional || guard.policies.length > 0) return unauthenticated('no-credential');
  return { outcome: 'allow', reason: 'anonymous', identities: [] };
}

function unauthenticated(reason) {
  return { outcome: 'unauthenticated', reason };
}

/** The identity that an authenticator of the guard finds, by its number; no credential is verified twice. */
function identifier(guard, credentials, gateway, moment) {
  const found = [];
  return (index) => {
    const [credential] = credentials[index];
    const authenticator = gateway.authenticators[guard.authenticators[index].authenticator];
    found[index] ??=
      credential === undefined
        ? Promise.resolve('invalid')
        : verify(credential, authenticator, gateway, moment).then((judged) =>
            typeof judged === 'string'
              ? judged
              : { ...judged, authenticator, fromCookie: credential.fromCookie },
          );
    return found[index];
  };
}

/** The identities of an alternative that holds, in its order; else 'insufficient', 'unavailable' or 'invalid'. */
async function judge(requirements, identityOf, gateway, guard) {
  const costOf = ({ authenticator }) =>
    costs[gateway.authenticators[guard.authenticators[authenticator].authenticator].kind];
  let isUnavailable = false;
  for (const { authenticator } of requirements.toSorted((a, b) => costOf(a) - costOf(b))) {
    const judged = await identityOf(authenticator);
    if (judged === 'invalid') return judged;
    if (judged === 'unavailable') isUnavailable = true;
  }
  if (isUnavailable) return 'unavailable';
  const identities = await Promise.all(requirements.map(({ authenticator }) => identityOf(authenticator)));
  const holds = requirements.every(({ scopes }, index) => holdsScopes(identities[index], scopes));
  return holds ? identities : 'insufficient';
}

function holdsScopes({ claims, authenticator }, scopes) {
  const held = claims && authenticator.scopeClaims && scopesOf(claims, authenticator);
  return scopes.every((scope) => held?.includes(scope));
}

/** identities: those of the alternative that holds, in its order. */
async function authorize(guard, identities, request, gateway, now) {
  if (guard.origins !== undefined && identities.some(({ fromCookie }) => fromCookie)) {
    if (!isSameSite(guard.origins, request)) return { outcome: 'deny', reason: 'cross-site' };
  }
  const who = policyIdentity(identities);
  const ask = (index) => PARTS.services.askForTruth(guard.calls[index], who, request, gateway, now);
  if (!(await allHold(guard.policies, who, request, ask)))
    return { outcome: 'deny', reason: 'policy', challenge: who.claims && guard.challenge };
  return { outcome: 'allow', reason: 'ok', identities, consumer: who.consumer };
}

/** What policies are about: the first that has claims, with the authenticator that reads them, and the first consumer. */
function policyIdentity(identities) {
  const token = identities.find(({ claims }) => claims !== undefined);
  const key = identities.find(({ consumer }) => consumer !== undefined);
  return {
    claims: token?.claims,
    authenticator: token?.authenticator,
    consumer: key?.consumer,
    groups: key?.groups,
  };
}

/** Cookies travel with requests that other sites make: an unsafe method needs a sign of its own origin. */
function isSameSite(origins, request) {
  const [origin, ...others] = request.header('origin');
  if (others.length === 0 && origins.includes(origin)) return true;
  const fetchSite = request.header('sec-fetch-site');
  return fetchSite.length === 1 && fetchSite[0] === 'same-origin';
}

/** Texts for the gateway's own headers, in their order, '' for none; the first identity that has one decides it. */
export function forwardedTexts(identities, count) {
  const texts = Array(count).fill('');
  for (const { authenticator, claims, subject } of identities) {
    for (const { header, claim } of authenticator.forward) {
      const fact = claim === undefined ? subject : claims && claimAt(claims, claim);
      texts[header] ||= headerText(fact) ?? '';
    }
  }
  return texts;
}
