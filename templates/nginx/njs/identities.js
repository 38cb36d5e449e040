import basic from './basic.js';
import claims from './claims.js';
import consumers from './consumers.js';
import external from './external.js';
import introspection from './introspection.js';
import keys from './keys.js';

/*
 * Whose a credential is. An identity is {kind: 'valid'} with what is known of it: `claims`, `consumer` (a name) with its
 * `groups`, `subject`, `seconds` (how long it may be kept).
 */

/** Kinds that need nothing but files come first: of several credentials, an invalid one spares questions to services. */
const costs = { 'api-key': 0, certificate: 0, jwt: 1, basic: 2, introspection: 3, external: 4 };

/**
 * Verifies one presented credential at `now` (Unix seconds). authenticator: its data file. {kind: 'invalid'} for one
 * that does not hold, {kind: 'unavailable'} where nobody can tell.
 */
async function verify(presented, authenticator, now, r, service) {
  const found = await byKind(presented, authenticator, now, r, service);
  if (found.kind !== 'valid' || found.claims === undefined) return found;
  const sub = claims.at(found.claims, ['sub']);
  return {
    kind: 'valid',
    claims: found.claims,
    subject: typeof sub === 'string' ? sub : undefined,
    seconds: remaining(found, now),
  };
}

function byKind(presented, authenticator, now, r, service) {
  switch (authenticator.kind) {
    case 'jwt':
      return keys.verify(presented.text, authenticator, now, r);
    case 'api-key':
      return consumers.verify(presented.bytes(), authenticator, r);
    case 'certificate':
      return certificate(presented.text, authenticator);
    case 'basic':
      return basic.verify(presented.text, authenticator, service);
    case 'introspection':
      return introspection.verify(presented.text, authenticator, now, r, service);
    case 'external':
      return external.verify(presented.text, authenticator, r, service);
    default:
      throw new Error(`no authenticator is of the kind ${authenticator.kind}`);
  }
}

function certificate(subject, authenticator) {
  const named = authenticator.subjects === undefined || authenticator.subjects.indexOf(subject) !== -1;
  return named ? { kind: 'valid', subject: subject } : { kind: 'invalid' };
}

/** Seconds until the claims end, or for which their source lets them be kept. */
function remaining(found, now) {
  const kept = found.seconds === undefined ? Infinity : found.seconds;
  const exp = claims.at(found.claims, ['exp']);
  return typeof exp === 'number' ? Math.min(kept, exp - now) : kept;
}

/** Requirements in the order of what their kinds cost. */
function cheapestFirst(requirements, authenticators) {
  const rank = (one) => costs[authenticators[one.authenticator].kind];
  return requirements.slice().sort((a, b) => rank(a) - rank(b));
}

export default { verify, cheapestFirst };
