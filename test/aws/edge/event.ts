/** Events as CloudFront makes them (CloudFront Developer Guide, "CloudFront Functions event structure"). */

export const requestId = 'EXAMPLEntjQpEXAMPLE_SG5Z-EXAMPLEPmPfEXAMPLEu3EqEXAMPLE==';

export interface ViewerRequest {
  readonly method?: string;
  readonly target: string;
  readonly host?: string | undefined;
  /** Header lines beside Host. */
  readonly headers?: readonly string[];
}

interface OriginResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** What CloudFront passes; `query` is what `rawQueryString` of the request says. */
export interface EdgeEvent {
  readonly query: string | undefined;
  readonly [name: string]: unknown;
}

export function requestEvent(request: ViewerRequest): EdgeEvent {
  return event('viewer-request', request, undefined);
}

export function responseEvent(request: ViewerRequest, response: OriginResponse): EdgeEvent {
  return event('viewer-response', request, response);
}

function event(eventType: string, request: ViewerRequest, response: OriginResponse | undefined): EdgeEvent {
  const { method = 'GET', target, host = 'a.test', headers = [] } = request;
  const mark = target.indexOf('?');
  const query = mark < 0 ? undefined : target.slice(mark + 1);
  const lines = headers.map(fieldOf).filter(([, value]) => value !== undefined);
  const others = lines.filter(([name]) => name !== 'cookie');
  const cookies = lines
    .filter(([name]) => name === 'cookie')
    .flatMap(([, value]) => value.split(';'))
    .map((pair) => pair.replace(/^[ \t]+|[ \t]+$/g, ''))
    .filter((pair) => pair.includes('='))
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const);
  return {
    query,
    version: '1.0',
    context: {
      distributionDomainName: 'd111111abcdef8.cloudfront.net',
      distributionId: 'EDFDVBD6EXAMPLE',
      eventType,
      requestId,
    },
    viewer: { ip: '192.0.2.1' },
    request: {
      method,
      uri: mark < 0 ? target : target.slice(0, mark),
      querystring: collapsed(pairsOf(query)),
      headers: collapsed([['host', host], ...others]),
      cookies: collapsed(cookies),
    },
    ...(response === undefined ? {} : { response: responseOf(response) }),
  };
}

function responseOf({ statusCode, headers }: OriginResponse): object {
  return {
    statusCode,
    statusDescription: 'OK',
    headers: collapsed(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    cookies: {},
  };
}

function fieldOf(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')];
}

function pairsOf(query: string | undefined): readonly (readonly [string, string])[] {
  return (query ?? '')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      return [name, rest.join('=')];
    });
}

/** Duplicates are one field with all the values. */
function collapsed(pairs: readonly (readonly [string, string])[]): object {
  const fields = new Map<string, string[]>();
  for (const [name, value] of pairs) fields.set(name, [...(fields.get(name) ?? []), value]);
  return Object.fromEntries(
    [...fields].map(([name, [value, ...others]]) => [
      name,
      others.length === 0
        ? { value }
        : { value, multiValue: [value, ...others].map((one) => ({ value: one })) },
    ]),
  );
}
