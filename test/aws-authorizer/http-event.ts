import type { RestRequest } from './rest-event.ts';
import { variablesOf } from './served.ts';

/**
 * The same request to an HTTP API, payload format version 2.0 (API Gateway Developer Guide, "Control access to HTTP APIs
 * with AWS Lambda authorizers"): header names in lower case, several lines of one name joined by commas, the path decoded,
 * the query raw.
 */
export function httpEvent(request: RestRequest): object {
  const { certificate, headers = [], method = 'GET', query = '', resourcePath } = request;
  const { path = resourcePath, sourceIp = '203.0.113.9' } = request;
  const joined = new Map<string, string>();
  const cookies: string[] = [];
  for (const line of headers) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = Buffer.from(line.slice(colon + 1).trim(), 'latin1').toString('utf8');
    if (name === 'cookie') cookies.push(...value.split(/; ?/));
    else joined.set(name, joined.has(name) ? `${joined.get(name)},${value}` : value);
  }
  const authentication = certificate === undefined ? null : { clientCert: { clientCertPem: certificate } };
  return {
    version: '2.0',
    type: 'REQUEST',
    routeArn: `arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/live/${method}${path}`,
    routeKey: `${method} ${resourcePath}`,
    rawPath: path,
    rawQueryString: query,
    ...(cookies.length === 0 ? {} : { cookies }),
    headers: Object.fromEntries(joined),
    ...(resourcePath.includes('{') ? { pathParameters: variablesOf(resourcePath, path) } : {}),
    requestContext: { apiId: 'abcdef1234', authentication, http: { method, path, sourceIp }, stage: 'live' },
  };
}
