import type { JsonValue } from '../../../model/inspection.ts';
import type { JsonObject } from './json-schema.ts';
import { noPart, type Part, type Site, together } from './part.ts';
import { portablePattern } from './portable-pattern.ts';

const malformed = 'its value is not one that the keyword may have';

/** A keyword that draft 4 has with the same meaning. */
export function kept(site: Site, keyword: string, isValid: (value: JsonValue) => boolean): Part {
  const value = site.schema[keyword];
  if (value === undefined) return noPart;
  return isValid(value) ? { ...noPart, facets: { [keyword]: value } } : site.weaken(keyword, malformed);
}

export const isCount = (value: JsonValue): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0;
const isNumber = (value: JsonValue | undefined): value is number => typeof value === 'number';

export function stringFacets(site: Site): Part {
  return together([kept(site, 'minLength', isCount), kept(site, 'maxLength', isCount), pattern(site)]);
}

function pattern(site: Site): Part {
  const source = site.schema['pattern'];
  if (source === undefined) return noPart;
  if (typeof source !== 'string') return site.weaken('pattern', malformed);
  const portable = portablePattern(source);
  if (portable !== undefined) return { ...noPart, facets: { pattern: portable } };
  return site.weaken(
    'pattern',
    'engines of regular expressions read it differently, and which one API Gateway has is not documented',
    'Write it without back references, look-behind, word boundaries, flags and Unicode properties.',
  );
}

export function numberFacets(site: Site, isInteger: boolean): Part {
  return together([
    bound(site, 'minimum', 'exclusiveMinimum', 1, isInteger),
    bound(site, 'maximum', 'exclusiveMaximum', -1, isInteger),
    kept(site, 'multipleOf', (value) => isNumber(value) && value > 0),
  ]);
}

/**
 * `exclusiveMinimum` and `exclusiveMaximum` are not supported (API Gateway Developer Guide, "Amazon API Gateway
 * important notes"); a bound that is excluded is the next integer, or a bound beside `not` and `enum`.
 */
function bound(
  site: Site,
  inclusive: string,
  exclusive: string,
  direction: 1 | -1,
  isInteger: boolean,
): Part {
  const limit = site.schema[inclusive];
  const strict = site.schema[exclusive];
  if (limit !== undefined && !isNumber(limit)) return site.weaken(inclusive, malformed);
  const isFlag = site.dialect !== 'json-schema-2020-12';
  if (strict !== undefined && (isFlag ? typeof strict !== 'boolean' : !isNumber(strict))) {
    return together([
      limit === undefined ? noPart : limitOnly(inclusive, limit),
      site.weaken(
        exclusive,
        isFlag ? 'it is true or false before OpenAPI 3.1' : 'it is a number since OpenAPI 3.1',
      ),
    ]);
  }
  if (isFlag) {
    if (limit === undefined) return noPart;
    return strict === true ? excluded(inclusive, limit, direction, isInteger) : limitOnly(inclusive, limit);
  }
  if (!isNumber(strict)) return limit === undefined ? noPart : limitOnly(inclusive, limit);
  const isStronger = limit === undefined || strict * direction >= limit * direction;
  return isStronger ? excluded(inclusive, strict, direction, isInteger) : limitOnly(inclusive, limit);
}

const limitOnly = (keyword: string, limit: number): Part => ({ ...noPart, facets: { [keyword]: limit } });

function excluded(keyword: string, limit: number, direction: 1 | -1, isInteger: boolean): Part {
  if (isInteger && Number.isSafeInteger(limit)) return limitOnly(keyword, limit + direction);
  const facets: JsonObject = { [keyword]: limit };
  return { ...noPart, facets, conjuncts: [{ not: { enum: [limit] } }] };
}
