import claims from './claims.js';
import credentials from './credentials.js';
import identities from './identities.js';
import policy from './policy.js';

/*
 * Who may pass a guard. A decision is {status, reason} with what belongs to it: `subject`, `consumer`, `forwarded` and
 * `seconds` (how long it may be kept) of 204, `challenge` of 401 and 403.
 */

const maxSeconds = 300;

/**
 * guard: its data file; authenticators: the data files that it names, in its order; request: what is known of it; now:
 * Unix seconds; r: the request to the verifier.
 */
async function decide(guard, authenticators, request, now, r) {
  const presented = guard.authenticators.map((one) => credentials.present(one.places, request));
  if (presented.some((one) => one.kind === 'ambiguous'))
    return { status: 400, reason: 'ambiguous-credential' };
  const context = { authenticators: authenticators, presented: presented, now: now, r: r, request: request };
  const found = [];
  let lacking;
  let isUnavailable = false;
  for (let i = 0; i < guard.alternatives.length; i += 1) {
    const judged = await judge(guard.alternatives[i], context, found);
    if (judged.kind === 'holds') return authorize(guard, judged.winners, request);
    if (judged.kind === 'unavailable') isUnavailable = true;
    if (judged.kind === 'lacking' && lacking === undefined) lacking = judged.alternative;
  }
  if (isUnavailable) return { status: 503, reason: 'unavailable' };
  return refuse(guard, authenticators, presented, lacking);
}

/** {kind: 'holds', winners}, {kind: 'lacking', alternative} where scopes are missing, or what `identify` says. */
async function judge(alternative, context, found) {
  const requirements = alternative.requirements;
  const kind = await identify(requirements, context, found);
  if (kind !== 'valid') return { kind: kind };
  if (!requirements.every((one) => holdsScopes(found[one.authenticator], one.scopes)))
    return { kind: 'lacking', alternative: alternative };
  return { kind: 'holds', winners: requirements.map((one) => found[one.authenticator]) };
}

/**
 * 'valid' when every requirement has a valid credential, 'unavailable' when that hangs on a service that gives no
 * answer, else 'invalid'. found: by authenticator, so that no credential is verified twice.
 */
async function identify(requirements, context, found) {
  if (requirements.some((one) => context.presented[one.authenticator].kind !== 'presented')) return 'invalid';
  const ordered = identities.cheapestFirst(requirements, context.authenticators);
  let outcome = 'valid';
  for (let i = 0; i < ordered.length; i += 1) {
    const kind = await kindOf(ordered[i].authenticator, context, found);
    if (kind === 'invalid') return 'invalid';
    if (kind === 'unavailable') outcome = 'unavailable';
  }
  return outcome;
}

/**
 * What the credential of an authenticator proves to be. A function of its own: in njs 0.7.9, a loop whose passes do not
 * all await takes what it declared before an await from an earlier pass.
 */
async function kindOf(index, context, found) {
  if (found[index] === undefined) found[index] = await verified(index, context);
  return found[index].kind;
}

async function verified(index, context) {
  const presented = context.presented[index];
  const authenticator = context.authenticators[index];
  const identity = await identities.verify(
    presented,
    authenticator,
    context.now,
    context.r,
    context.request.service,
  );
  identity.authenticator = authenticator;
  identity.fromCookie = presented.fromCookie;
  return identity;
}

function holdsScopes(identity, scopes) {
  if (scopes.length === 0) return true;
  if (identity.claims === undefined) return false;
  const held = claims.scopes(identity.claims, identity.authenticator);
  return held !== undefined && scopes.every((scope) => held.indexOf(scope) !== -1);
}

function refuse(guard, authenticators, presented, lacking) {
  if (lacking !== undefined) {
    return { status: 403, reason: 'insufficient-scope', challenge: lacking.challenge };
  }
  if (presented.some((one) => one.kind !== 'absent')) {
    const withToken = presented.some(
      (one, index) => one.kind !== 'absent' && hasClaims(authenticators[index]),
    );
    return { status: 401, reason: 'invalid-token', challenge: challenges(guard, withToken) };
  }
  if (guard.optional && guard.policies.length === 0) {
    return { status: 204, reason: 'anonymous', forwarded: [], seconds: maxSeconds };
  }
  return { status: 401, reason: 'no-credential', challenge: challenges(guard, false) };
}

/** Kinds whose credential is a token. */
function hasClaims(authenticator) {
  return authenticator.scopeClaims !== undefined;
}

function challenges(guard, withInvalidToken) {
  const error = withInvalidToken ? ', error="invalid_token"' : '';
  return guard.challenges.map((one) => (one.ofToken ? one.text + error : one.text)).join(', ');
}

/** winners: the identities of the alternative that holds, in its order. */
async function authorize(guard, winners, request) {
  if (guard.crossSite !== undefined && winners.some((one) => one.fromCookie)) {
    if (!isSameSite(guard.crossSite, request)) return { status: 403, reason: 'cross-site' };
  }
  const who = identityOf(winners);
  const allowed = await policy.allHold(guard.policies, who, request);
  const seconds = Math.floor(Math.min(maxSeconds, kept(winners), request.keptSeconds()));
  if (!allowed) {
    const challenge = who.claims === undefined ? undefined : `${guard.bearer}, error="insufficient_scope"`;
    return { status: 403, reason: 'policy', challenge: challenge, seconds: seconds };
  }
  return {
    status: 204,
    reason: 'ok',
    subject: claims.headerText(winners[0].subject),
    consumer: claims.headerText(who.consumer),
    forwarded: forwarded(winners),
    seconds: Math.max(0, seconds),
  };
}

/** What policies are about: the first that has claims, with the authenticator that reads them, and the first consumer. */
function identityOf(winners) {
  const token = winners.find((one) => one.claims !== undefined);
  const key = winners.find((one) => one.consumer !== undefined);
  return {
    claims: token === undefined ? undefined : token.claims,
    authenticator: token === undefined ? undefined : token.authenticator,
    consumer: key === undefined ? undefined : key.consumer,
    groups: key === undefined ? undefined : key.groups,
  };
}

function kept(winners) {
  const limits = winners.filter((one) => one.seconds !== undefined).map((one) => one.seconds);
  return Math.min.apply(null, limits);
}

/** Cookies travel with requests that other sites make: an unsafe method needs a sign of its own origin. */
function isSameSite(crossSite, request) {
  if (request.value(crossSite.fetchSite) === 'same-origin') return true;
  return crossSite.origins.indexOf(request.value(crossSite.origin)) !== -1;
}

/** [{header, text}] of every identity; the first that has a text for a header decides it. */
function forwarded(winners) {
  const headers = [];
  winners.forEach((identity) => {
    identity.authenticator.forward.forEach((one) => {
      if (headers.some((known) => known.header === one.header)) return;
      const fact = one.claim === undefined ? identity.subject : claimOf(identity, one.claim);
      const text = claims.headerText(fact);
      if (text !== undefined && text !== '') headers.push({ header: one.header, text: text });
    });
  });
  return headers;
}

function claimOf(identity, path) {
  return identity.claims === undefined ? undefined : claims.at(identity.claims, path);
}

export default { decide };
