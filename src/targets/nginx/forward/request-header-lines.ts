import type { Authenticator } from '../../../model/authentication.ts';
import type { HeaderCredentials } from '../../../model/backend.ts';
import type { Gateway, HeaderChanges } from '../../../model/gateway.ts';
import { certificatePiece } from '../front/client-certificates.ts';
import { authorityOf, type Front } from '../front/fronts.ts';
import type { ProxiedBackend } from '../proxied-backend.ts';
import { type Piece, requestHeader, text, variable } from '../token.ts';
import { removedHeaders } from './removed-headers.ts';

/** One `proxy_set_header`; no pieces removes the header. */
export interface HeaderLine {
  readonly name: string;
  readonly value: readonly Piece[];
}

/** What an operation asks for besides what every operation gets. */
export interface RequestChanges {
  readonly changes: HeaderChanges | undefined;
  /** Authenticators whose credential stays at the gateway. */
  readonly stripped: readonly Authenticator[];
  /**
   * Headers that the guard read. nginx before 1.23 reads the first of several lines and forwards all of them: a back end
   * must not see one that nobody decided on.
   */
  readonly decided: readonly string[];
  /** What the back end asks of the gateway. */
  readonly credentials: HeaderCredentials | undefined;
}

/** The variable of a claim that is forwarded, by its place among `gateway.ownedHeaders`. */
export function forwardVariable(index: number): string {
  return `gw_forward_${index}`;
}

/** The variable of a request header with a value added to it. */
function addedVariable(name: string, value: string, known: readonly HeaderLine[]): string {
  const index = known.findIndex((line) => line.name === name && lineText(line) === value);
  return `gw_added_${index}`;
}

/** The variable that holds the cookies without those named. */
function keptCookiesVariable(names: readonly string[], known: readonly (readonly string[])[]): string {
  return `gw_cookies_${known.findIndex((one) => one.join(' ') === names.join(' '))}`;
}

/** Cookies that carry a credential of the authenticators, sorted. */
export function credentialCookies(authenticators: readonly Authenticator[]): readonly string[] {
  const names = authenticators.flatMap(({ from }) =>
    from.value.flatMap((place) => (place.kind === 'cookie' ? [place.name] : [])),
  );
  return [...new Set(names)].sort();
}

/** Additions and cookie sets that have a variable, in the order of their numbers. */
export interface HeaderVariables {
  readonly added: readonly HeaderLine[];
  readonly cookies: readonly (readonly string[])[];
}

/**
 * Every `proxy_set_header` of one front, complete: nginx inherits none where a level has one. Later entries win: what
 * is always removed, credentials that stay here, changes of the document, then what only the gateway says.
 */
export function requestHeaderLines(
  gateway: Gateway,
  front: Front,
  host: readonly Piece[],
  variables: HeaderVariables,
  { changes, stripped, decided, credentials }: RequestChanges = nothingAsked,
): readonly HeaderLine[] {
  const lines = new Map<string, HeaderLine>();
  const put = (name: string, value: readonly Piece[]): void => {
    lines.delete(name.toLowerCase());
    lines.set(name.toLowerCase(), { name, value });
  };
  for (const name of removedHeaders) put(name, []);
  for (const name of decided) if (!lines.has(name)) put(name, [sentHeader(name)]);
  for (const line of strippedLines(stripped, variables)) put(line.name, line.value);
  for (const name of changes?.remove ?? []) put(name, []);
  for (const { name, value } of changes?.set ?? []) put(name, [text(value)]);
  for (const { name, value } of changes?.add ?? []) {
    const before = lines.get(name.toLowerCase())?.value;
    if (before === undefined) put(name, [variable(addedVariable(name, value, variables.added))]);
    else put(name, before.length === 0 ? [text(value)] : [...before, text(`, ${value}`)]);
  }
  put('Host', host);
  put('Connection', []);
  // Only another proxy, or an IPv6 socket, can write an IPv4 address in IPv6 form.
  const plain = gateway.trustedProxies.length === 0 && front.listener.address?.startsWith('[') !== true;
  put('X-Forwarded-For', [variable(plain ? 'remote_addr' : 'gw_client')]);
  put('X-Forwarded-Proto', [text(front.host.scheme)]);
  put('X-Forwarded-Host', [text(front.host.name)]);
  put('X-Forwarded-Port', [text(String(front.host.port))]);
  put('X-Request-Id', [variable('gw_request_id')]);
  for (const [index, name] of gateway.ownedHeaders.entries()) {
    put(name, [certificatePiece(gateway, name) ?? variable(forwardVariable(index))]);
  }
  if (credentials !== undefined) {
    const { header, prefix } = credentials;
    const before = prefix === undefined ? [] : [text(`${prefix} `)];
    put(header, [...before, variable('gw_credential')]);
  }
  return [...lines.values()];
}

const nothingAsked: RequestChanges = {
  changes: undefined,
  stripped: [],
  decided: [],
  credentials: undefined,
};

/** The Host header of a back end: its first node's authority, or the front door's own. */
export function hostOf(backend: ProxiedBackend, front: Front): readonly Piece[] {
  if (backend.host === 'client') return [text(authorityOf(front.host))];
  const [node] = backend.nodes;
  return node === undefined
    ? []
    : [text(authorityOf({ name: node.value.host, port: node.value.port, scheme: backend.scheme }))];
}

/** The field without the schemes that stay here; gone altogether where a bare key may be its value. */
function strippedAuthorization(stripped: readonly Authenticator[]): HeaderLine | undefined {
  const kinds = stripped
    .filter(({ from }) =>
      from.value.some(({ kind, name }) => kind === 'header' && name.toLowerCase() === 'authorization'),
    )
    .map(({ kind }) => kind);
  if (kinds.length === 0) return undefined;
  const basic = kinds.includes('basic');
  const bearer = kinds.some((kind) => kind !== 'basic');
  const kept = basic ? (bearer ? 'gw_neither_authorization' : 'gw_not_basic') : 'gw_not_bearer';
  return { name: 'Authorization', value: kinds.includes('api-key') ? [] : [variable(kept)] };
}

function strippedLines(
  stripped: readonly Authenticator[],
  variables: HeaderVariables,
): readonly HeaderLine[] {
  const places = stripped.flatMap(({ from }) => from.value);
  const headers = places.flatMap((place): readonly HeaderLine[] => {
    if (place.kind !== 'header' || place.name.toLowerCase() === 'authorization') return [];
    return [{ name: place.name, value: [] }];
  });
  const authorization = strippedAuthorization(stripped);
  const cookies = credentialCookies(stripped);
  const lines = authorization === undefined ? headers : [...headers, authorization];
  if (cookies.length === 0) return lines;
  return [...lines, { name: 'Cookie', value: [variable(keptCookiesVariable(cookies, variables.cookies))] }];
}

function lineText({ value }: HeaderLine): string {
  return value.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
}

/** `$http_name`. */
export function sentHeader(name: string): Piece {
  return requestHeader(name);
}
