import { type HeaderList, headerValues } from '../../support/http-message.ts';

/** A request as the front end hands it on. */
export interface FrontRequest {
  readonly method: string;
  /** Path as sent, without the query. */
  readonly path: string;
  /** Text after the first `?`; `undefined` when there is none. */
  readonly query: string | undefined;
  readonly host: string;
  readonly headers: HeaderList;
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly clientCertificate: ClientCertificate | undefined;
}

/** `identity.clientCert` (API Gateway Developer Guide, "$context variables"). */
export interface ClientCertificate {
  readonly clientCertPem: string;
  readonly subjectDN: string;
  readonly issuerDN: string;
  readonly serialNumber: string;
  readonly validity: { readonly notBefore: string; readonly notAfter: string };
}

/** Headers that never reach integrations or functions (recorded). */
const dropped: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'transfer-encoding',
  'trailer',
  'upgrade',
  'www-authenticate',
]);

/** What the front end leaves and adds: it appends to `X-Forwarded-For` (API Gateway important notes) and names its TLS. */
export function forwardedHeaders(request: FrontRequest): HeaderList {
  const added = ['x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto', 'x-amzn-trace-id'];
  const kept = request.headers.filter(
    ([name]) => !dropped.has(name.toLowerCase()) && !added.includes(name.toLowerCase()),
  );
  const before = headerValues(request.headers, 'x-forwarded-for');
  return [
    ...kept,
    ['X-Forwarded-For', [...before, request.sourceIp].join(', ')],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
    ['X-Amzn-Trace-Id', 'Root=1-00000000-000000000000000000000000'],
  ];
}

/** The names and values of a query, decoded, in order. */
export function queryPairs(query: string | undefined): readonly (readonly [string, string])[] {
  return query === undefined || query === '' ? [] : [...new URLSearchParams(query)];
}

/** The last value of each name: what API Gateway keeps where it keeps one (recorded for queries). */
export function lastValues(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(pairs);
}

/** All values of each name, the names in the case in which they came first. */
export function allValues(pairs: readonly (readonly [string, string])[]): Record<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(values);
}
