import type { Gateway } from '../model/gateway.ts';
import { allowing, problem, redirect, refused, withHeaders } from './answers.ts';
import { type ChosenSite, chooseSite, originOf } from './choose-site.ts';
import { type Context, decideOperation } from './decide-operation.ts';
import type { Arrival, Decision, World } from './decision.ts';
import { upstreamPath } from './forward.ts';
import { allowedMethods, matchRoute, operationFor, visibleOperations } from './match-route.ts';
import { measureBody } from './parse-body.ts';
import { parseRequest } from './parse-request.ts';
import { parseTarget, type Target } from './parse-target.ts';
import { judgePath } from './path-profile.ts';

/**
 * What a gateway must answer to one request (BEHAVIOUR.md §2.1-2.7): the specification that emitted gateways are
 * compared with. Pure but for the token buckets of `world`; never throws, whatever the bytes are. A decision with
 * `forwarded` and `alsoAllowed` may be answered with one of those statuses instead of being forwarded.
 */
export function decide(gateway: Gateway, arrival: Arrival, world: World): Decision {
  const parsed = parseRequest(arrival.bytes);
  if (!parsed.ok) return refused(parsed.refusal);
  const request = parsed.value;
  const body = measureBody(arrival.bytes.subarray(request.head.end), request.framing);
  const decision = decideParsed({ gateway, arrival, world, request, body });
  const unusual = isUnusualMethod(request.head.method) && decision.forwarded === undefined;
  const also = [
    ...request.mayRefuse,
    ...(unusual ? [400, 405, 501] : []),
    ...(body.kind === 'malformed' || body.odd ? [400] : []),
  ];
  return allowing(decision, ...also);
}

/** BEHAVIOUR.md M5: servers refuse these methods early, in their own ways. */
function isUnusualMethod(method: string): boolean {
  return method === 'TRACE' || method === 'CONNECT' || !/^[A-Z_-]+$/.test(method);
}

function decideParsed(context: Context): Decision {
  const { gateway, arrival, request } = context;
  const { head, authority } = request;
  if (arrival.certificate?.verified === 'failed') return problem(400, 'bad-request', 'bad-request');
  const chosen = chooseSite(gateway, arrival, authority.name, head.fields);
  if (chosen === undefined) return allowing(problem(421, 'misdirected-request', 'misdirected'), 400);
  const decision = decideOnSite(context, chosen);
  const { hstsSeconds } = gateway.tls;
  if (!chosen.secure) return decision;
  return withHeaders(decision, [['Strict-Transport-Security', `max-age=${hstsSeconds.value}`]]);
}

function decideOnSite(context: Context, chosen: ChosenSite): Decision {
  const { head, authority } = context.request;
  const parsed = parseTarget(head.target, authority.text);
  const badTarget = problem(400, 'bad-request-target', 'bad-target');
  if (!parsed.ok) {
    return allowing(
      badTarget,
      ...(head.target.startsWith('/') ? [] : [421]),
      ...(chosen.redirect ? [308] : []),
    );
  }
  const { target } = parsed;
  const decision = chosen.redirect
    ? redirect(308, `${originOf(chosen.host)}${target.text}`, 'redirect')
    : decideRoute(context, chosen, target, badTarget);
  return target.absolute ? allowing(decision, 400) : decision;
}

function decideRoute(context: Context, chosen: ChosenSite, target: Target, badTarget: Decision): Decision {
  const match = matchRoute(chosen.site.routes, target.path);
  const visible = match === undefined ? [] : visibleOperations(match.route, context.arrival.listener);
  const relaxed = target.characters.length > 0;
  if (match === undefined || visible.length === 0) {
    return relaxed ? allowing(badTarget, 404) : problem(404, 'not-found', 'not-found');
  }
  const operation = operationFor(match.route, visible, context.request.head.method);
  if (operation === undefined) {
    if (relaxed) return allowing(badTarget, 405);
    return problem(405, 'method-not-allowed', 'method', [['Allow', allowedMethods(match.route, visible)]]);
  }
  const allowed = operation.features.pathCharacters?.value.characters ?? [];
  const canonical = judgePath(upstreamPath(operation, match, target.path)).kind !== 'refused';
  const decision =
    canonical && target.characters.every((character) => allowed.includes(character))
      ? decideOperation({ ...context, chosen, target, match, operation })
      : badTarget;
  return { ...decision, operation: operation.id };
}
