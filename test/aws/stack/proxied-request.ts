import type { HeaderList } from '../../support/http-message.ts';
import type { Integration } from './api.ts';
import { type Exchange, GatewayFailure } from './exchange.ts';
import { mappingValue } from './mapping-value.ts';
import { encodedAgain } from './percent.ts';
import type { Readings } from './readings.ts';
import { allValues, queryPairs } from './request.ts';
import { withStageVariables } from './stage-variables.ts';

/** Headers that mappings may not set: the answer is then an error of the configuration (recorded). */
const illegal: ReadonlySet<string> = new Set([
  'content-length',
  'transfer-encoding',
  'x-amzn-trace-id',
  'x-amzn-apigateway-api-id',
]);

/** Headers that a client's request does not bring to an HTTP back end unless they are mapped, and that none brings (recorded). */
const notPassed: ReadonlySet<string> = new Set(['host', 'content-encoding']);
const neverSent: ReadonlySet<string> = new Set(['expect', 'proxy-authenticate', 'te', 'via']);

/** A request to a back end. */
export interface BackendRequest {
  readonly method: string;
  readonly url: URL;
  /** Path and query as sent. */
  readonly target: string;
  readonly headers: HeaderList;
  readonly body: Buffer;
}

/**
 * What `http_proxy` sends (API Gateway Developer Guide, "Set up HTTP integrations", and recordings): the client's headers
 * and query, a mapped header in place of the client's, a mapped query parameter behind the client's, the path as the URI
 * says, the host of the URI.
 */
export function proxiedRequest(
  integration: Integration,
  exchange: Exchange,
  readings: Readings,
): BackendRequest {
  const values = {
    header: new Map<string, string>(),
    path: new Map<string, string>(),
    querystring: new Map<string, string>(),
  };
  const removed = new Set<string>();
  for (const [target, expression] of integration.requestParameters) {
    const [, place, name = ''] = /^integration\.request\.(header|path|querystring)\.(.+)$/.exec(target) ?? [];
    if (place === undefined) throw new Error(`no parameter of an integration: ${target}`);
    if (place === 'header' && illegal.has(name.toLowerCase()))
      throw new GatewayFailure('API_CONFIGURATION_ERROR', null);
    const value = mappingValue(expression, exchange, readings);
    if (value !== undefined && value !== '') values[place as keyof typeof values].set(name, value);
    else if (place === 'header' && readings.emptyMapping === 'header removed')
      removed.add(name.toLowerCase());
  }
  const uri = filledUri(integration.uri ?? '', values.path, exchange, readings);
  const [, origin = '', rest = ''] = /^(https?:\/\/[^/?#]+)(.*)$/s.exec(uri) ?? [];
  if (!URL.canParse(origin)) throw new GatewayFailure('API_CONFIGURATION_ERROR', null);
  const url = new URL(origin);
  const query = queryText(exchange, values.querystring, readings);
  const target = `${rest.startsWith('/') ? '' : '/'}${rest}${query === '' ? '' : `${rest.includes('?') ? '&' : '?'}${query}`}`;
  const { httpMethod = 'ANY' } = integration;
  return {
    method: httpMethod === 'ANY' ? exchange.request.method : httpMethod,
    url,
    target,
    headers: sentHeaders(exchange, values.header, removed, url.host),
    body: exchange.request.body,
  };
}

function filledUri(
  uri: string,
  path: ReadonlyMap<string, string>,
  { deployed }: Exchange,
  { pathValues }: Readings,
): string {
  return withStageVariables(uri, deployed.stage).replace(
    /(?<!\$)\{([^{}]+?)\+?\}/g,
    (whole, name: string) => {
      const value = path.get(name);
      if (value === undefined) return whole;
      return pathValues === 'decoded' ? encodedAgain(value) : value;
    },
  );
}

function queryText({ request }: Exchange, mapped: ReadonlyMap<string, string>, { query }: Readings): string {
  const added = [...mapped].map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  if (query === 'as sent') return [...(request.query ? [request.query] : []), ...added].join('&');
  const grouped = Object.entries(allValues(queryPairs(request.query))).flatMap(([name, values]) =>
    values.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  return [...grouped, ...added].join('&');
}

function sentHeaders(
  { deployed, headers }: Exchange,
  mapped: ReadonlyMap<string, string>,
  removed: ReadonlySet<string>,
  host: string,
): HeaderList {
  const names = new Set([...mapped.keys()].map((name) => name.toLowerCase()));
  const passed = headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return !names.has(lower) && !removed.has(lower) && !notPassed.has(lower);
  });
  const joined = new Map<string, [string, string]>();
  for (const [name, value] of [...passed, ...mapped]) {
    const before = joined.get(name.toLowerCase());
    joined.set(name.toLowerCase(), [name, before === undefined ? value : `${before[1]},${value}`]);
  }
  for (const name of neverSent) joined.delete(name);
  joined.set('x-amzn-apigateway-api-id', ['x-amzn-apigateway-api-id', deployed.api.id]);
  if (!joined.has('user-agent'))
    joined.set('user-agent', ['User-Agent', `AmazonAPIGateway_${deployed.api.id}`]);
  if (!joined.has('accept')) joined.set('accept', ['Accept', 'application/json']);
  if (!joined.has('host')) joined.set('host', ['Host', host]);
  return [...joined.values()];
}
