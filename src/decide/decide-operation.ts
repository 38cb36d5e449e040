import type { Gateway, Operation } from '../model/gateway.ts';
import type { IpAddress } from '../policy/index.ts';
import { allowing, problem, redirect } from './answers.ts';
import { authenticate } from './authenticate.ts';
import { hasPolicy, satisfiesPolicy } from './authorize.ts';
import { challenge, scopeChallenge } from './challenges.ts';
import type { ChosenSite } from './choose-site.ts';
import { addressText, clientAddress, isWithin } from './client-address.ts';
import { hasRequiredCertificate } from './client-certificate.ts';
import { isCrossSite } from './cross-site.ts';
import type { Arrival, Decision, World } from './decision.ts';
import { forward } from './forward.ts';
import { subjectText } from './forwarded-facts.ts';
import { claimsIdentity, consumerOf, type Identity } from './identity.ts';
import { loginFor, loginLocation } from './login.ts';
import type { RouteMatch } from './match-route.ts';
import type { Body } from './parse-body.ts';
import type { Request } from './parse-request.ts';
import type { Target } from './parse-target.ts';
import { targetText, withoutParameters } from './query-parameter.ts';
import { passesLimits, retryAfter } from './rate-limit.ts';
import { credentialParameters } from './strip-credentials.ts';

/** Seconds until a caller may try again: key sets are fetched at most that often (BEHAVIOUR.md J9). */
const retryAfterFailure = '30';

/** A request with everything that it arrived with. */
export interface Context {
  readonly gateway: Gateway;
  readonly arrival: Arrival;
  readonly world: World;
  readonly request: Request;
  readonly body: Body;
}

/** A request that has reached an operation. */
export interface OperationContext extends Context {
  readonly chosen: ChosenSite;
  readonly target: Target;
  readonly match: RouteMatch;
  readonly operation: Operation;
}

/** Declared body size, addresses, limits: before anything that costs. */
export function decideOperation(context: OperationContext): Decision {
  const { arrival, gateway, operation, request, world } = context;
  const { bodySize, ipAccess, limits = [] } = operation.features;
  const tooLarge = problem(413, 'body-too-large', 'body-too-large');
  if (request.framing.kind === 'length' && request.framing.length > bodySize.value) return tooLarge;
  if (!hasRequiredCertificate(gateway, operation, arrival.certificate))
    return problem(403, 'forbidden', 'client-certificate');
  const proxies = gateway.trustedProxies.map(({ value }) => value);
  const address = clientAddress(arrival.peer, request.head.fields, proxies);
  if (ipAccess !== undefined && !mayConnect(address, ipAccess.value)) return problem(403, 'forbidden', 'ip');
  const client = addressText(address, arrival.peer);
  const rates = limits.map(({ value }) => value);
  if (!passesLimits(rates, client, world)) {
    return problem(429, 'too-many-requests', 'rate-limited', [['Retry-After', String(retryAfter(rates))]]);
  }
  return decideIdentity(context, client, tooLarge);
}

function mayConnect(
  address: IpAddress | undefined,
  { allow, deny }: NonNullable<Operation['features']['ipAccess']>['value'],
): boolean {
  return (
    address !== undefined && !isWithin(address, deny) && allow.every((ranges) => isWithin(address, ranges))
  );
}

function decideIdentity(context: OperationContext, client: string, tooLarge: Decision): Decision {
  const { arrival, gateway, operation, request, target, world } = context;
  const source = { fields: request.head.fields, query: target.query, certificate: arrival.certificate };
  const outcome = authenticate(operation.features.authentication.value, gateway, source, world);
  switch (outcome.kind) {
    case 'ambiguous':
      return problem(400, 'bad-request', 'ambiguous-credential');
    case 'absent':
      return unauthenticated(context, 'no-credential', false);
    case 'invalid':
      return unauthenticated(context, 'invalid-token', outcome.bearer);
    case 'unavailable':
      return unavailable();
    case 'insufficient':
      return problem(403, 'forbidden', 'insufficient-scope', [scopeChallenge(gateway.name, outcome.scopes)]);
    case 'anonymous':
      if (hasPolicy(operation)) return unauthenticated(context, 'no-credential', false);
      return decideForward(context, [], client, tooLarge, 'anonymous');
    case 'public':
      return decideForward(context, [], client, tooLarge, 'public');
    case 'identified':
      return decideForward(context, outcome.identities, client, tooLarge, 'ok');
  }
}

/** Nobody can tell who calls: neither a pass nor a word about the credential (BEHAVIOUR.md R7, J24). */
function unavailable(): Decision {
  return problem(503, 'unavailable', 'unavailable', [['Retry-After', retryAfterFailure]]);
}

/** 401, or the redirect to a login page (BEHAVIOUR.md R1-R5). */
function unauthenticated(
  context: OperationContext,
  reason: 'no-credential' | 'invalid-token',
  invalidToken: boolean,
): Decision {
  const { chosen, gateway, operation, request, target } = context;
  const { authentication, login: trigger } = operation.features;
  const { method, fields } = request.head;
  const login = loginFor(trigger?.value, authentication.value, gateway.authenticators, method, fields);
  if (login !== undefined) {
    const names = credentialParameters(authentication.value, gateway.authenticators);
    const returnTarget = targetText(target.path, withoutParameters(target.query, names));
    return redirect(302, loginLocation(login, chosen.site, target.text, returnTarget), reason, [
      ['Cache-Control', 'no-store'],
      ['Vary', 'Accept, Sec-Fetch-Mode, Cookie'],
    ]);
  }
  return problem(401, 'unauthenticated', reason, [
    challenge(gateway.name, authentication.value, gateway.authenticators, invalidToken),
  ]);
}

function decideForward(
  context: OperationContext,
  identities: readonly Identity[],
  client: string,
  tooLarge: Decision,
  reason: string,
): Decision {
  const { arrival, body, chosen, gateway, match, operation, request, target, world } = context;
  const { fields, method } = request.head;
  if (isCrossSite(method, identities, fields, chosen.site)) return problem(403, 'forbidden', 'cross-site');
  const { parameters } = match;
  const { path, query } = target;
  if (!satisfiesPolicy(identities, { operation, parameters, path, query, fields, client }, world)) {
    const told = claimsIdentity(identities) === undefined ? [] : [scopeChallenge(gateway.name)];
    return problem(403, 'forbidden', 'policy', told);
  }
  if (body.size > operation.features.bodySize.value) return tooLarge;
  if (body.kind === 'truncated') return allowing(problem(408, 'request-timeout', 'request-timeout'), 400);
  if (body.kind === 'malformed') return problem(400, 'bad-request', 'bad-request');
  const { certificate } = arrival;
  const permitted = {
    gateway,
    chosen,
    match,
    operation,
    method,
    target,
    fields,
    identities,
    client,
    certificate,
  };
  const forwarded = forward(permitted);
  if (forwarded === undefined) return unavailable();
  const changes = operation.features.responseHeaders?.value;
  const added = [...(changes?.set ?? []), ...(changes?.add ?? [])].map(
    ({ name, value }) => [name, value] as const,
  );
  return {
    status: undefined,
    alsoAllowed: [],
    problem: undefined,
    headers: added,
    forwarded,
    operation: undefined,
    subject: subjectText(identities),
    consumer: consumerOf(identities)?.name,
    reason,
  };
}
