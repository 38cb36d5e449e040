import type { Authenticator } from '../../../model/authentication.ts';
import type { Gateway, HeaderChanges, Host, Operation } from '../../../model/gateway.ts';
import { hasDistribution } from '../edge/has-distribution.ts';
import { hiddenFromBackends } from '../edge/names.ts';

/** Header → mapping expression (`'literal'`, `context.…`, `stageVariables.…`). */
export type HeaderMappings = ReadonlyMap<string, string>;

/**
 * What stands in a header that has no value. An http_proxy integration passes on what a client sent unless a value
 * overwrites it, and an empty value may count as none (undocumented): a header of the gateway is never empty.
 */
const noValue = '-';

/** Name of the authorizer's context value of the owned header with this place in `gateway.ownedHeaders`. */
function contextKey(index: number): string {
  return `h${index}`;
}

/**
 * Headers of clients that other software could obey. What obeys them is led nowhere; an empty value may count as none,
 * and then it would be led where the client wants.
 */
const obeyed: readonly string[] = ['Proxy', 'Proxy-Authorization', 'X-Original-URL', 'X-Rewrite-URL'];

/** Identities that gateways and load balancers assert: this one has none to tell. */
const withoutValue: readonly string[] = [
  'X-Amzn-Oidc-Accesstoken',
  'X-Amzn-Oidc-Data',
  'X-Amzn-Oidc-Identity',
  'X-Api-Key',
  'X-Client-Cert',
  'X-SSL-Client-Cert',
  'X-SSL-Client-Fingerprint',
  'X-SSL-Client-I-DN',
  'X-SSL-Client-S-DN',
  'X-SSL-Client-Serial',
];

/** What the mappings of one operation depend on. */
export interface HeaderSources {
  readonly gateway: Gateway;
  readonly operation: Operation;
  readonly method: string;
  readonly host: Host;
  /** The operation has an authorizer, which says what owned headers hold. */
  readonly authorized: boolean;
  /** Expression of the client's address. */
  readonly clientAddress: string;
  readonly changes: HeaderChanges | undefined;
  /** Authenticators whose credential stays at the gateway. */
  readonly stripped: readonly Authenticator[];
  /** What the back end asks of the gateway. */
  readonly credential: { readonly header: string; readonly expression: string } | undefined;
}

/**
 * Every header that the gateway says on an operation, in place of what a client sent (BEHAVIOUR.md M6, H3, I1, I4, I5,
 * B5). Later entries win, as on NGINX: what is always removed, credentials that stay here, changes of the document, then
 * what only the gateway says.
 */
export function overwrittenHeaders(sources: HeaderSources): HeaderMappings {
  const { gateway, method, host, authorized, clientAddress, changes, stripped, credential } = sources;
  const mappings = new Map<string, readonly [name: string, expression: string]>();
  const put = (name: string, expression: string): void => {
    mappings.delete(name.toLowerCase());
    mappings.set(name.toLowerCase(), [name, expression]);
  };
  for (const name of obeyed) put(name, quoted(noValue));
  for (const name of withoutValue) put(name, quoted(noValue));
  // Whoever obeys these obeys them without harm: they say the method that the request has.
  for (const name of ['X-HTTP-Method', 'X-HTTP-Method-Override', 'X-Method-Override'])
    put(name, quoted(method));
  put('X-SSL-Client-Verify', quoted('NONE'));
  if (hasDistribution(gateway)) for (const name of hiddenFromBackends) put(name, quoted(noValue));
  for (const name of strippedHeaders(stripped)) put(name, quoted(noValue));
  for (const name of changes?.remove ?? []) put(name, quoted(noValue));
  for (const { name, value } of changes?.set ?? []) put(name, quoted(value));
  put('Forwarded', quoted(`proto=https;host=${host.name}`));
  put('X-Forwarded-For', clientAddress);
  put('X-Forwarded-Host', quoted(host.name));
  put('X-Forwarded-Port', quoted(String(host.port)));
  put('X-Forwarded-Proto', quoted(host.scheme));
  put('X-Real-IP', clientAddress);
  put('X-Request-Id', 'context.requestId');
  for (const [index, name] of gateway.ownedHeaders.entries())
    put(name, authorized ? `context.authorizer.${contextKey(index)}` : quoted(noValue));
  if (credential !== undefined) put(credential.header, credential.expression);
  return new Map([...mappings.values()].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A static value of a mapping (API Gateway Developer Guide, "Data mapping reference": in single quotes). */
export function quoted(value: string): string {
  return `'${value}'`;
}

/** Headers whose whole value is a credential that must not reach the back end. */
function strippedHeaders(stripped: readonly Authenticator[]): readonly string[] {
  return stripped.flatMap(({ from }) =>
    from.value.flatMap((place) => (place.kind === 'header' ? [place.name] : [])),
  );
}
