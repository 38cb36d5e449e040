import { Compile, parse } from 'velocityjs';
import { contextOf } from './context.ts';
import type { Exchange } from './exchange.ts';
import { allValues, lastValues, queryPairs } from './request.ts';

interface Rendered {
  readonly text: string;
  readonly override: {
    readonly status: number | undefined;
    readonly header: Readonly<Record<string, string>>;
  };
}

/**
 * A mapping template (API Gateway Developer Guide, "Mapping template transformations for REST APIs"): `$context`,
 * `$stageVariables`, `$input.params`, `$input.body`, `$util`, and `$context.responseOverride`.
 */
export function renderTemplate(template: string, exchange: Exchange): Rendered {
  const { headers, parameters, request } = exchange;
  const responseOverride: { status?: number; header: Record<string, string> } = { header: {} };
  const query = queryPairs(request.query);
  const params = {
    header: lastValues(headers),
    path: Object.fromEntries(parameters ?? []),
    querystring: lastValues(query),
  };
  const text = new Compile(parse(template)).render({
    context: { ...contextOf(exchange), responseOverride, requestOverride: {} },
    input: {
      body: request.body.toString('utf8'),
      params: (name?: string) =>
        name === undefined
          ? params
          : (params.path[name] ?? params.querystring[name] ?? params.header[name] ?? ''),
      multivalueheaders: allValues(headers),
    },
    stageVariables: Object.fromEntries(exchange.deployed.stage.variables),
    util: {
      escapeJavaScript: (value: unknown) => JSON.stringify(String(value)).slice(1, -1),
      urlEncode: (value: unknown) => encodeURIComponent(String(value)),
      urlDecode: (value: unknown) => decodeURIComponent(String(value)),
      base64Encode: (value: unknown) => Buffer.from(String(value)).toString('base64'),
    },
  });
  return { text, override: { status: responseOverride.status, header: responseOverride.header } };
}
