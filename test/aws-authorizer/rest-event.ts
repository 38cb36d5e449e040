import { variablesOf } from './served.ts';

/** A request to a resource of a REST API. */
export interface RestRequest {
  readonly method?: string;
  readonly resourcePath: string;
  /** Raw path; the resource's own where it has no variables. */
  readonly path?: string;
  /** Raw query without its question mark. */
  readonly query?: string;
  /** `Name: value`, a character for each byte. */
  readonly headers?: readonly string[];
  readonly sourceIp?: string;
  readonly certificate?: string;
}

/**
 * What a REQUEST authorizer is told (API Gateway Developer Guide, "Input to an API Gateway Lambda authorizer"). The path
 * is as the client sent it; the query has been decoded, `+` to a blank.
 */
export function restEvent(request: RestRequest): object {
  const { certificate, headers = [], method = 'GET', query = '', resourcePath } = request;
  const { path = resourcePath, sourceIp = '203.0.113.9' } = request;
  const lines = headers.map((line): readonly [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1)];
  });
  const parameters = multiValues(
    query
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const equals = pair.indexOf('=');
        return equals < 0
          ? [formText(pair), '']
          : [formText(pair.slice(0, equals)), formText(pair.slice(equals + 1))];
      }),
  );
  return {
    type: 'REQUEST',
    methodArn: `arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/live/${method}${path}`,
    resource: resourcePath,
    path,
    httpMethod: method,
    headers: Object.fromEntries(lines.map(([name, value]) => [name, utf8(value)])),
    multiValueHeaders: multiValues(lines.map(([name, value]) => [name, utf8(value)])),
    queryStringParameters: query === '' ? null : {},
    multiValueQueryStringParameters: query === '' ? null : parameters,
    pathParameters: resourcePath.includes('{') ? variablesOf(resourcePath, path) : null,
    stageVariables: null,
    requestContext: {
      resourcePath,
      httpMethod: method,
      path: `/live${path}`,
      stage: 'live',
      apiId: 'abcdef1234',
      identity: {
        sourceIp,
        ...(certificate === undefined ? {} : { clientCert: { clientCertPem: certificate } }),
      },
    },
  };
}

function multiValues(pairs: readonly (readonly string[])[]): Readonly<Record<string, readonly string[]>> {
  const values = new Map<string, string[]>();
  for (const [name = '', value = ''] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(values);
}

function formText(raw: string): string {
  try {
    return decodeURIComponent(raw.replaceAll('+', ' '));
  } catch {
    return raw;
  }
}

/** Events are JSON: bytes are read as UTF-8. */
function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
