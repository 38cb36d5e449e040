import type { Backend, BackendCredentials } from '../model/backend.ts';
import type { Gateway, Operation } from '../model/gateway.ts';
import { authorityOf, type ChosenSite } from './choose-site.ts';
import { forwardedCertificate } from './client-certificate.ts';
import type { ClientCertificate, Forwarded } from './decision.ts';
import { forwardedFacts } from './forwarded-facts.ts';
import type { Identity } from './identity.ts';
import type { RouteMatch } from './match-route.ts';
import type { FieldLine } from './parse-head.ts';
import type { Target } from './parse-target.ts';
import { targetText } from './query-parameter.ts';
import { removedHeaders } from './removed-headers.ts';
import { type StrippedCredentials, strippedCredentials } from './strip-credentials.ts';

/** A request that may pass, and for whom. */
export interface Permitted {
  readonly gateway: Gateway;
  readonly chosen: ChosenSite;
  readonly match: RouteMatch;
  readonly operation: Operation;
  readonly method: string;
  readonly target: Target;
  readonly fields: readonly FieldLine[];
  readonly identities: readonly Identity[];
  readonly client: string;
  readonly certificate: ClientCertificate | undefined;
}

/** What the back end receives; undefined when the model names a back end that it does not have. */
export function forward(permitted: Permitted): Forwarded | undefined {
  const { gateway, operation, match, target, method } = permitted;
  const backend = gateway.backends.find(({ name }) => name === operation.features.backend.value.backend);
  if (backend === undefined) return undefined;
  const stripped = strippedCredentials(permitted);
  const headers = forwardedHeaders(permitted, backend, stripped);
  const absent = [...headers].flatMap(([name, value]) => (value === undefined ? [name] : []));
  return {
    backend: backend.name,
    method,
    target: targetText(targetPath(backend, operation, match, target.path), stripped.query),
    headers: [...headers].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    absent: absent.sort(),
    credentials: credentialsOf(backend),
  };
}

/** A function of AWS Lambda is told what the gateway was asked; it has no path of its own. */
function targetPath(backend: Backend, operation: Operation, match: RouteMatch, path: string): string {
  return backend.kind === 'lambda' ? path : `${backend.basePath}${upstreamPath(operation, match, path)}`;
}

function credentialsOf(backend: Backend): BackendCredentials | undefined {
  return backend.kind === 'http' ? backend.credentials?.value : undefined;
}

/** Path that the back end receives, without its own base path. */
export function upstreamPath(operation: Operation, { route, parameters }: RouteMatch, path: string): string {
  const { target } = operation.features.backend.value;
  if (target.kind === 'below') return `/${path.slice(1).split('/').slice(route.baseSegments).join('/')}`;
  return target.pieces.value
    .map((piece) => (piece.kind === 'literal' ? piece.text : (parameters.get(piece.name) ?? '')))
    .join('');
}

/** Lower-case name → the only value, or undefined for a header that must be absent. Later entries win. */
function forwardedHeaders(
  permitted: Permitted,
  backend: Backend,
  stripped: StrippedCredentials,
): ReadonlyMap<string, string | undefined> {
  const { certificate, chosen, client, fields, gateway, identities, operation } = permitted;
  const headers = new Map<string, string | undefined>();
  for (const name of removedHeaders) headers.set(name, undefined);
  for (const { name } of fields)
    if (!/^[A-Za-z0-9-]+$/.test(name)) headers.set(name.toLowerCase(), undefined);
  for (const [name, value] of stripped.headers) headers.set(name, value);
  for (const [name, value] of changedHeaders(operation, fields)) headers.set(name, value);
  const host = hostHeader(backend, chosen);
  if (host !== undefined) headers.set('host', host);
  headers.set('x-forwarded-for', client);
  headers.set('x-forwarded-proto', chosen.host.scheme);
  headers.set('x-forwarded-host', chosen.host.name);
  headers.set('x-forwarded-port', String(chosen.host.port));
  const facts = new Map([...forwardedCertificate(gateway, certificate), ...forwardedFacts(identities)]);
  for (const name of gateway.ownedHeaders) headers.set(name.toLowerCase(), facts.get(name.toLowerCase()));
  // Its value is known where the gateway runs only; what a client sent in its place never arrives.
  const credentials = credentialsOf(backend);
  if (credentials !== undefined)
    headers.delete(credentials.kind === 'header' ? credentials.header.toLowerCase() : 'authorization');
  return headers;
}

/** Undefined where it depends on the node that is chosen. */
function hostHeader(backend: Backend, { host }: ChosenSite): string | undefined {
  if (backend.kind === 'lambda' || backend.host === 'client') return authorityOf(host);
  const names = new Set(
    backend.nodes.map(({ value }) =>
      authorityOf({ name: value.host, port: value.port, scheme: backend.scheme, at: backend.at }),
    ),
  );
  return names.size === 1 ? [...names][0] : undefined;
}

/** Request header changes of the document: remove, set, add. An addition to what the client sent is not one value. */
function changedHeaders(
  operation: Operation,
  fields: readonly FieldLine[],
): ReadonlyMap<string, string | undefined> {
  const headers = new Map<string, string | undefined>();
  const changes = operation.features.requestHeaders?.value;
  const sent = new Set(fields.map(({ name }) => name.toLowerCase()));
  for (const name of changes?.remove ?? []) headers.set(name.toLowerCase(), undefined);
  for (const { name, value } of changes?.set ?? []) headers.set(name.toLowerCase(), value);
  for (const { name, value } of changes?.add ?? []) {
    const lower = name.toLowerCase();
    if (headers.get(lower) === undefined && (headers.has(lower) || !sent.has(lower)))
      headers.set(lower, value);
  }
  return headers;
}
