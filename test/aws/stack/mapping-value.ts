import { headerValues } from '../../support/http-message.ts';
import { contextOf, contextValue } from './context.ts';
import type { Exchange } from './exchange.ts';
import { decodedPercent } from './percent.ts';
import type { Readings } from './readings.ts';
import { queryPairs } from './request.ts';

/**
 * The value of a mapping expression (API Gateway Developer Guide, "Parameter mapping examples for REST APIs"):
 * `'literal'`, `context.x`, `stageVariables.x`, `method.request.{path,querystring,header}.x`. The last value of several
 * counts (recorded). `undefined` where there is none.
 */
export function mappingValue(expression: string, exchange: Exchange, readings: Readings): string | undefined {
  const literal = /^'(.*)'$/s.exec(expression)?.[1];
  if (literal !== undefined) return literal;
  const [, kind, name = ''] =
    /^(context|stageVariables|method\.request\.(?:path|querystring|header|multivalueheader))\.(.+)$/.exec(
      expression,
    ) ?? [];
  switch (kind) {
    case 'context':
      return contextValue(contextOf(exchange), name);
    case 'stageVariables':
      return exchange.deployed.stage.variables.get(name);
    case 'method.request.path':
      return pathValue(exchange.parameters?.get(name), readings);
    case 'method.request.querystring':
      return queryPairs(exchange.request.query)
        .filter(([key]) => key === name)
        .at(-1)?.[1];
    case 'method.request.header':
      return headersNamed(exchange, name, readings).at(-1);
    case 'method.request.multivalueheader':
      return headersNamed(exchange, name, readings).join(',') || undefined;
    default:
      throw new Error(`no mapping expression: ${expression}`);
  }
}

const pathValue = (value: string | undefined, { pathValues }: Readings): string | undefined =>
  value !== undefined && pathValues === 'decoded' ? decodedPercent(value) : value;

function headersNamed({ headers }: Exchange, name: string, { headerNames }: Readings): readonly string[] {
  return headerNames === 'exact'
    ? headers.filter(([key]) => key === name).map(([, value]) => value)
    : headerValues(headers, name);
}
