import type { BackendChoice, Gateway, Operation, Route } from '../../../model/gateway.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { Piece, Segment } from '../../../model/path.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';
import { type ProxiedBackend, proxiedBackend } from '../proxied-backend.ts';
import { secretPath } from '../secrets.ts';
import { settingsOf } from '../settings.ts';
import { address } from '../token/address.ts';
import { duration, interpolated, refusalOf, text } from '../token.ts';

/** Longest literal text of a template or a rewrite that surely fits one parameter of the configuration. */
const MAX_LITERAL = 3000;
/** Most segments of a path, and most parameters of it: one parameter of the configuration names each of them. */
const MAX_SEGMENTS = 60;
const MAX_PARAMETERS = 60;
/** Longest literal text of one segment with parameters, in bytes: a regular expression writes four for one. */
const MAX_MIXED_LITERAL = 400;

/** One upstream for each back end; TLS is verified, and one connect that fails may go to one more node. */
export const backend: Lowering<Sourced<BackendChoice>, OperationScope, BackendChoice> = {
  support: 'full',
  note: 'proxy_pass of the raw target; with nodes of different names, Host names the first of them',
  lower: ({ value }, { gateway, operation }): Outcome<BackendChoice> => {
    const chosen = proxiedBackend(gateway, value.backend);
    const reason =
      chosen === undefined
        ? `there is no back end "${value.backend}"`
        : (onceFor(gateway, chosen, () => refusalOfBackend(chosen, gateway)) ??
          refusalOfOperation(operation, routeOf(gateway, operation), gateway));
    return reason === undefined
      ? { kind: 'exact', part: value }
      : { kind: 'unsupported', reason, instead: undefined };
  },
};

function refusalOfBackend(backend: ProxiedBackend, gateway: Gateway): string | undefined {
  const settings = settingsOf(gateway);
  if (settings.resolver.length > 0 && settings.minor < 27) {
    return `nginx ${settings.version} cannot resolve names of back ends while it runs (targets.nginx.resolver); 1.27 can`;
  }
  const { tls } = backend;
  const secrets = [tls?.ca?.value, tls?.clientCertificate?.value.cert, tls?.clientCertificate?.value.key];
  const missing = secrets.find((name) => name !== undefined && secretPath(gateway, name) === undefined);
  if (missing !== undefined) return `there is no secret "${missing}"`;
  return (
    backend.nodes
      .map(({ value }) => refusalOf(() => address(value.host, value.port)))
      .find((reason) => reason !== undefined) ?? refusalOf(() => duration(backend.connectTimeout))
  );
}

function refusalOfOperation(
  { id, method, features }: Operation,
  route: Route | undefined,
  gateway: Gateway,
): string | undefined {
  if (!/^[A-Z_-]+$/.test(method)) return `nginx refuses requests with the method "${method}"`;
  if (method === 'TRACE' || method === 'CONNECT') return `nginx answers ${method} itself`;
  const identifier = refusalOf(() => interpolated(text(id)));
  if (identifier !== undefined) return `its operation id cannot be logged (${identifier})`;
  const { target } = features.backend.value;
  const segments = route?.segments ?? [];
  // Every method of a route has its path; a rewrite is the operation's own.
  if (target.kind === 'below' && route !== undefined)
    return onceFor(gateway, route, () => refusalOfPath(segments, [], gateway));
  return refusalOfPath(segments, target.kind === 'template' ? target.pieces.value : [], gateway);
}

function refusalOfPath(
  segments: readonly Segment[],
  rewritten: readonly Piece[],
  gateway: Gateway,
): string | undefined {
  const shape = refusalOfShape(segments);
  if (shape !== undefined) return shape;
  const literals = [
    ...segments.flatMap((segment) => (segment.kind === 'plain' ? segment.pieces : [])),
    ...rewritten,
  ].flatMap((piece) => (piece.kind === 'literal' ? [piece.text] : []));
  if (literals.join('').length > MAX_LITERAL) return `its path has more than ${MAX_LITERAL} characters`;
  return literals
    .map((one) => onceFor(gateway, one, () => refusalOf(() => interpolated(text(one)))))
    .find((reason) => reason !== undefined);
}

const answers = new WeakMap<Gateway, Map<object | string, string | undefined>>();

/** What is the same for all operations that share `subject`, a part of the gateway or a literal, is asked once. */
function onceFor(
  gateway: Gateway,
  subject: object | string,
  ask: () => string | undefined,
): string | undefined {
  const known = answers.get(gateway) ?? new Map<object | string, string | undefined>();
  answers.set(gateway, known);
  if (!known.has(subject)) known.set(subject, ask());
  return known.get(subject);
}

function refusalOfShape(segments: readonly Segment[]): string | undefined {
  if (segments.length > MAX_SEGMENTS) return `its path has more than ${MAX_SEGMENTS} segments`;
  const plain = segments.flatMap((segment) => (segment.kind === 'plain' ? [segment.pieces] : []));
  const parameters = plain.flat().filter((piece) => piece.kind === 'parameter');
  if (parameters.length > MAX_PARAMETERS) return `its path has more than ${MAX_PARAMETERS} parameters`;
  const long = plain.some(
    (pieces) =>
      pieces.length > 1 &&
      pieces.reduce((sum, piece) => sum + (piece.kind === 'literal' ? piece.text.length : 0), 0) >
        MAX_MIXED_LITERAL,
  );
  return long ? `a segment with parameters has more than ${MAX_MIXED_LITERAL} literal characters` : undefined;
}

const routes = new WeakMap<Gateway, ReadonlyMap<Operation, Route>>();

function routeOf(gateway: Gateway, operation: Operation): Route | undefined {
  const known =
    routes.get(gateway) ??
    new Map(
      gateway.sites.flatMap((site) =>
        site.routes.flatMap((route) => route.operations.map((one) => [one, route] as const)),
      ),
    );
  routes.set(gateway, known);
  return known.get(operation);
}
