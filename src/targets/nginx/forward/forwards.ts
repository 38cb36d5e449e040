import type { Authenticator } from '../../../model/authentication.ts';
import type { Milliseconds } from '../../../model/backend.ts';
import type { Bytes, Gateway, HeaderChanges, Operation, Route } from '../../../model/gateway.ts';
import type { LoweredOperation } from '../../target.ts';
import type { OperationParts } from '../features/parts.ts';
import { type ProxiedBackend, proxiedBackend } from '../proxied-backend.ts';
import type { MixedSegments } from '../routing/mixed-pattern.ts';
import { type Piece, variable } from '../token.ts';
import type { Guard } from '../verifier/guard.ts';
import { credentialParameters } from './query-credentials.ts';
import { type UpstreamPath, upstreamPath } from './target.ts';

/**
 * How requests reach a back end: what is the same for many operations, as one named location. Operations keep their
 * own checks; one proxying location for each would load the authorities of a TLS back end anew (before nginx 1.23.1).
 */
export interface Forward {
  /** Name of the location, without `@`. */
  readonly name: string;
  readonly backend: ProxiedBackend;
  readonly path: readonly Piece[];
  readonly timeout: Milliseconds;
  readonly bodySize: Bytes;
  /** Another node, or a new connection, may be tried when a connection fails. */
  readonly retries: boolean;
  readonly requestChanges: HeaderChanges | undefined;
  readonly stripped: readonly Authenticator[];
  /** Query parameters that stay here, because they may carry a credential. */
  readonly parameters: readonly string[];
  /** Headers that the guard read: the back end gets the lines that were decided on and no others. */
  readonly decided: readonly string[];
  readonly responseChanges: HeaderChanges | undefined;
}

export interface ForwardedOperation {
  readonly forward: Forward;
  readonly upstream: UpstreamPath;
  /** The operation puts the path together itself, because no other has the same. */
  readonly ownPath: boolean;
}

/** The variable of the path that an operation puts together itself. */
export const targetVariable = 'gw_target';

/** Collects forwards; equal ones are one. */
export function forwardBuilder(gateway: Gateway, mixed: MixedSegments) {
  const forwards = new Map<string, Forward>();
  const of = (
    route: Route,
    operation: Operation,
    parts: LoweredOperation<OperationParts>,
    guard: Guard | undefined,
  ): ForwardedOperation | undefined => {
    const choice = parts.backend;
    const backend = proxiedBackend(gateway, choice?.backend);
    if (choice === undefined || backend === undefined) return undefined;
    const upstream = upstreamPath(choice, route, backend, mixed);
    const ownPath = choice.target.kind === 'template';
    const forward: Omit<Forward, 'name'> = {
      backend,
      path: ownPath ? [variable(targetVariable)] : upstream.pieces,
      timeout: parts.timeout ?? 29_000,
      bodySize: parts.bodySize ?? 1,
      retries: mayRetry.has(operation.method),
      requestChanges: parts.requestHeaders,
      stripped: strippedAuthenticators(gateway, parts),
      parameters: credentialParameters(parts.authentication, gateway.authenticators),
      decided: decidedHeaders(guard, parts),
      responseChanges: responseChanges(parts),
    };
    const key = JSON.stringify({
      ...forward,
      backend: backend.name,
      stripped: forward.stripped.map(({ name }) => name),
    });
    const known = forwards.get(key) ?? { ...forward, name: `gw_forward_${forwards.size}` };
    forwards.set(key, known);
    return { forward: known, upstream, ownPath };
  };
  return { of, all: (): readonly Forward[] => [...forwards.values()] };
}

/**
 * Safe methods, and those that nginx never sends twice (POST, PATCH): the only ones for which `proxy_next_upstream`
 * means a connect that failed. nginx would send PUT, DELETE and methods it does not know again.
 */
const mayRetry: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'POST', 'PATCH']);

/** A header with an added value has a line of its own making. */
function decidedHeaders(
  guard: Guard | undefined,
  { requestHeaders }: LoweredOperation<OperationParts>,
): readonly string[] {
  const added = new Set(requestHeaders?.add.map(({ name }) => name.toLowerCase()));
  const read = (guard?.inputs ?? []).flatMap((input) => (input.kind === 'header' ? [input.name] : []));
  return read.filter((name) => !added.has(name)).sort();
}

function strippedAuthenticators(
  gateway: Gateway,
  { authentication }: LoweredOperation<OperationParts>,
): readonly Authenticator[] {
  if (authentication === undefined || authentication.kind === 'public') return [];
  const names = new Set(authentication.anyOf.flat().map((requirement) => requirement.authenticator));
  return gateway.authenticators.filter(({ name, stripToken }) => stripToken && names.has(name));
}

/** What the document says about the operation's end is said by each response, unless it states those headers itself. */
function responseChanges({
  lifecycle,
  responseHeaders,
}: LoweredOperation<OperationParts>): HeaderChanges | undefined {
  if (lifecycle === undefined) return responseHeaders;
  const { add, remove, set } = responseHeaders ?? { set: [], add: [], remove: [] };
  const stated = new Set([...set, ...add].map(({ name }) => name.toLowerCase()));
  const told = lifecycle.headers.filter(({ name }) => !stated.has(name.toLowerCase()));
  return { set: [...set, ...told], add, remove };
}
