import { isList, isSchema, nothing } from './json-schema.ts';
import { noPart, type Part, type Site, together } from './part.ts';
import { isCount, kept } from './scalar-facets.ts';

/** API Gateway Developer Guide, "Amazon API Gateway important notes": not included in simple request validation. */
const notCounted = 'API Gateway does not include it in request validation';

export function arrayFacets(site: Site): Part {
  return together([
    items(site),
    minItems(site),
    counted(site, 'maxItems', notCounted),
    kept(site, 'uniqueItems', (value) => typeof value === 'boolean'),
    contains(site),
    unevaluatedItems(site),
  ]);
}

/** A limit that is kept for whoever reads the model, and that nobody may count on. */
export function counted(site: Site, keyword: string, reason: string): Part {
  const part = kept(site, keyword, isCount);
  if (part.facets[keyword] === undefined || (keyword.startsWith('min') && part.facets[keyword] === 0)) {
    return { ...part, facets: {} };
  }
  return together([part, site.weaken(keyword, reason)]);
}

function items(site: Site): Part {
  const { prefixItems, items } = site.schema;
  if (prefixItems !== undefined) {
    return site.weaken(
      'prefixItems',
      'a model of OpenAPI 3.0 has one schema for all items',
      'Describe the items by one schema, or the array as an object.',
    );
  }
  if (items === undefined) return noPart;
  if (!isSchema(items)) return site.weaken('items', 'a model of OpenAPI 3.0 has one schema for all items');
  const { schema, isExact } = site.below(items, 'items');
  return { ...noPart, facets: { items: schema }, isExact };
}

/** One item at least: not the array all of whose items are invalid. */
function minItems(site: Site): Part {
  if (site.schema['minItems'] !== 1) return counted(site, 'minItems', notCounted);
  return {
    facets: { minItems: 1 },
    conjuncts: [{ not: { type: 'array', items: nothing } }],
    isExact: true,
  };
}

/** `contains` is `not` an array of items each of which is `not`; weaker inside is weaker outside, twice negated. */
function contains(site: Site): Part {
  const { contains, minContains, maxContains } = site.schema;
  if (contains === undefined) return noPart;
  if (!isSchema(contains)) return site.weaken('contains', 'it is no schema');
  const many = 'how many items are of a kind cannot be counted in JSON Schema draft 4';
  const parts: Part[] = [];
  if (maxContains !== undefined) parts.push(site.weaken('maxContains', many));
  if (minContains !== undefined && minContains !== 0 && minContains !== 1) {
    parts.push(site.weaken('minContains', many));
  }
  if (minContains === 0) return together(parts);
  const { schema, isExact } = site.below(contains, 'contains');
  const conjuncts = [{ not: { type: 'array', items: { not: schema } } }];
  return together([...parts, { ...noPart, conjuncts, isExact }]);
}

/** Without applicators beside it, it is `items` by another name. */
function unevaluatedItems(site: Site): Part {
  const { unevaluatedItems, items, prefixItems, contains } = site.schema;
  if (unevaluatedItems === undefined || unevaluatedItems === true || isSchema(items)) return noPart;
  if (
    !isSchema(unevaluatedItems) ||
    hasApplicators(site) ||
    prefixItems !== undefined ||
    contains !== undefined
  ) {
    return site.weaken('unevaluatedItems', 'JSON Schema draft 4 does not know what other schemas evaluated');
  }
  const { schema, isExact } = site.below(unevaluatedItems, 'unevaluatedItems');
  return { ...noPart, facets: { items: schema }, isExact };
}

/** Keywords whose schemas look at the same instance, and may evaluate parts of it. */
export function hasApplicators({ schema }: Site): boolean {
  const keywords = ['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'not', 'if', 'dependentSchemas'];
  return keywords.some((keyword) => {
    const value = schema[keyword];
    return value !== undefined && !(isList(value) && value.length === 0);
  });
}
