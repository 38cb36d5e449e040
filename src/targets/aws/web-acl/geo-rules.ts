import type { Gateway } from '../../../model/gateway.ts';
import type { Geo } from '../../../model/inspection.ts';
import { forwardedAddress } from './client-address.ts';
import { block, type Rule } from './rule.ts';
import { any, not, type Statement } from './statement.ts';

/** Who is in no known country is in none that is allowed, and in none that is denied. */
export function geoRules({ allow, deny }: Geo, gateway: Gateway): readonly Rule[] {
  return [
    ...(deny.length === 0 ? [] : [rule('countries-deny', isIn(deny, gateway, 'MATCH'))]),
    ...(allow.length === 0 ? [] : [rule('countries-allow', not(isIn(allow, gateway, 'NO_MATCH')))]),
  ];
}

/** One statement takes so many codes (AWS WAF Developer Guide, "Geographic match rule statement"). */
const mostCodes = 50;

function isIn(countries: readonly string[], gateway: Gateway, fallback: 'MATCH' | 'NO_MATCH'): Statement {
  const forwarded = forwardedAddress(gateway, fallback);
  const parts: Statement[] = [];
  for (let start = 0; start < countries.length; start += mostCodes) {
    const codes = { CountryCodes: countries.slice(start, start + mostCodes) };
    parts.push({
      json: {
        GeoMatchStatement: forwarded === undefined ? codes : { ...codes, ForwardedIPConfig: forwarded },
      },
      capacity: 1,
    });
  }
  return any(parts);
}

function rule(name: string, { json, capacity }: Statement): Rule {
  return { name, capacity, action: block, statement: json };
}
