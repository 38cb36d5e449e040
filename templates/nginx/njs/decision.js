import claims from './claims.js';
import credentials from './credentials.js';
import policy from './policy.js';

/*
 * Who may pass a guard. A decision is {status, reason} with what belongs to it: `subject`, `forwarded` and `seconds`
 * (how long it may be kept) of 204, `challenge` of 401 and 403.
 */

const maxSeconds = 300;

/** guard: its data file; authenticators: the data files that it names, in its order; now: Unix seconds; r: the request to the verifier. */
async function decide(guard, authenticators, request, now, r) {
  const presented = guard.authenticators.map((one) => credentials.present(one.places, request));
  if (presented.some((one) => one.kind === 'ambiguous'))
    return { status: 400, reason: 'ambiguous-credential' };
  const subjects = [];
  let lacking;
  for (let i = 0; i < guard.alternatives.length; i += 1) {
    const requirements = guard.alternatives[i].requirements;
    const valid = await identify(requirements, presented, authenticators, subjects, now, r);
    if (valid) {
      const missing = requirements.some((one) => !holdsScopes(subjects[one.authenticator], one.scopes));
      if (!missing)
        return authorize(
          guard,
          requirements.map((one) => subjects[one.authenticator]),
          request,
          now,
        );
      if (lacking === undefined) lacking = guard.alternatives[i];
    }
  }
  return refuse(guard, presented, lacking);
}

/** Whether every requirement has a valid credential; fills subjects, by authenticator: null for an invalid one. */
async function identify(requirements, presented, authenticators, subjects, now, r) {
  for (let i = 0; i < requirements.length; i += 1) {
    const index = requirements[i].authenticator;
    if (presented[index].kind !== 'token') return false;
    if (subjects[index] === undefined) {
      const found = await credentials.verify(presented[index].token, authenticators[index], now, r);
      if (found.kind === 'unavailable') throw new Error('the keys of an issuer cannot be had');
      subjects[index] =
        found.kind === 'invalid'
          ? null
          : {
              claims: found.claims,
              authenticator: authenticators[index],
              fromCookie: presented[index].fromCookie,
            };
    }
    if (subjects[index] === null) return false;
  }
  return true;
}

function holdsScopes(subject, scopes) {
  if (scopes.length === 0) return true;
  const held = claims.scopes(subject.claims, subject.authenticator);
  return held !== undefined && scopes.every((scope) => held.indexOf(scope) !== -1);
}

function refuse(guard, presented, lacking) {
  if (lacking !== undefined) {
    return { status: 403, reason: 'insufficient-scope', challenge: lacking.challenge };
  }
  if (presented.some((one) => one.kind !== 'absent')) {
    return { status: 401, reason: 'invalid-token', challenge: `${guard.challenge}, error="invalid_token"` };
  }
  if (guard.optional && guard.policies.length === 0) {
    return { status: 204, reason: 'anonymous', forwarded: [], seconds: maxSeconds };
  }
  return { status: 401, reason: 'no-credential', challenge: guard.challenge };
}

function authorize(guard, subjects, request, now) {
  if (guard.crossSite !== undefined && subjects.some((one) => one.fromCookie)) {
    if (!isSameSite(guard.crossSite, request))
      return { status: 403, reason: 'cross-site', challenge: guard.challenge };
  }
  if (!policy.allHold(guard.policies, subjects[0], request)) {
    const challenge = `${guard.challenge}, error="insufficient_scope"`;
    return { status: 403, reason: 'policy', challenge: challenge };
  }
  const expiry = Math.min.apply(
    null,
    subjects.map((one) => one.claims.exp),
  );
  return {
    status: 204,
    reason: 'ok',
    subject: subjectOf(subjects[0].claims),
    forwarded: forwarded(subjects),
    seconds: Math.max(0, Math.floor(Math.min(expiry - now, maxSeconds))),
  };
}

/** Cookies travel with requests that other sites make: an unsafe method needs a sign of its own origin. */
function isSameSite(crossSite, request) {
  if (request.value(crossSite.fetchSite) === 'same-origin') return true;
  return crossSite.origins.indexOf(request.value(crossSite.origin)) !== -1;
}

function subjectOf(from) {
  const sub = claims.at(from, ['sub']);
  return typeof sub === 'string' ? claims.headerText(sub) : undefined;
}

/** [{header, text}] of every subject; the first that has a text for a header decides it. */
function forwarded(subjects) {
  const headers = [];
  subjects.forEach((subject) => {
    subject.authenticator.forward.forEach((one) => {
      if (headers.some((known) => known.header === one.header)) return;
      const text = claims.headerText(claims.at(subject.claims, one.claim));
      if (text !== undefined && text !== '') headers.push({ header: one.header, text: text });
    });
  });
  return headers;
}

export default { decide };
