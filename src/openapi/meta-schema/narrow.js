// Rewrites unions so that a validator follows the one branch that was meant and reports its mistakes alone.

export const IS_REFERENCE = { type: 'object', required: ['$ref'] };

/** `if`, `then` and `else` of a schema. */
export function when(condition, met, otherwise) {
  const parts = [
    ['if', condition],
    ['then', met],
  ];
  return Object.fromEntries(otherwise === undefined ? parts : [...parts, ['else', otherwise]]);
}

/** Chooses a schema by the value of one field; any other value is a mistake in that field. */
export function select(field, cases) {
  const otherwise = {
    type: 'object',
    required: [field],
    properties: { [field]: { enum: Object.keys(cases) } },
  };
  return Object.entries(cases).reduceRight(
    (rest, [value, schema]) =>
      when({ type: 'object', required: [field], properties: { [field]: { const: value } } }, schema, rest),
    otherwise,
  );
}

const typesOf = (schema) => (Array.isArray(schema.type) ? schema.type : [schema.type]);
const isRequired = (schema) => schema.required?.length === 1 && Object.keys(schema).length === 1;

/** The value that a branch demands of a field, when it demands exactly one. */
function demanded(schema, field) {
  const property = schema.properties?.[field];
  return property?.const ?? (property?.enum?.length === 1 ? property.enum[0] : undefined);
}

function narrowUnion(branches) {
  const reference = branches.find((one) => one.$ref === 'reference' || one.$ref === 'json-reference');
  if (reference !== undefined) {
    const others = branches.filter((one) => one !== reference);
    const rest = others.length === 1 ? others[0] : narrowUnion(others);
    return when(IS_REFERENCE, { $ref: 'reference' }, rest);
  }
  if (branches.every(isRequired)) return { exactlyOne: branches.flatMap((one) => one.required) };
  const simple = branches.find((one) => ['array', 'boolean'].includes(typesOf(one)[0]));
  if (simple !== undefined && branches.length === 2) {
    const other = branches.find((one) => one !== simple);
    return when({ type: simple.type }, simple, other);
  }
  for (const field of ['in', 'type']) {
    const values = branches.map((one) => demanded(one, field));
    if (values.every((value) => typeof value === 'string')) {
      return select(field, Object.fromEntries(values.map((value, i) => [value, branches[i]])));
    }
  }
  throw new Error(`a union that cannot be narrowed: ${JSON.stringify(branches).slice(0, 300)}`);
}

/** For `mapSchema`: `oneOf`, `anyOf` and `not` become conditionals or one of the own keywords. */
export function narrow(schema) {
  const { oneOf, anyOf, not, dependentSchemas, ...rest } = schema;
  const parts = [];
  for (const [field, dependent] of Object.entries(dependentSchemas ?? {})) {
    parts.push(when({ type: 'object', required: [field] }, dependent));
  }
  for (const union of [oneOf, anyOf]) if (union !== undefined) parts.push(narrowUnion(union));
  if (not !== undefined) {
    if (not.required === undefined)
      throw new Error(`a negation that cannot be narrowed: ${JSON.stringify(not)}`);
    parts.push({ atMostOne: not.required });
  }
  if (parts.length === 0) return close(rest);
  if (Object.keys(rest).length === 0 && parts.length === 1) return parts[0];
  return close({ ...rest, allOf: [...(rest.allOf ?? []), ...parts] });
}

/**
 * An object that refuses unknown fields lists every field that some branch of it allows, so that a
 * mistake inside a known field is not reported a second time as an unknown field.
 */
function close(schema) {
  if (schema.unevaluatedProperties !== false) return schema;
  const { unevaluatedProperties, ...rest } = schema;
  const properties = {};
  const patternProperties = {};
  collect(rest, properties, patternProperties);
  return {
    ...rest,
    properties: { ...properties, ...rest.properties },
    patternProperties: { ...patternProperties, ...rest.patternProperties },
    additionalProperties: false,
  };
}

function collect(schema, properties, patternProperties) {
  if (typeof schema !== 'object') return;
  for (const name of Object.keys(schema.properties ?? {})) properties[name] ??= true;
  for (const pattern of Object.keys(schema.patternProperties ?? {})) patternProperties[pattern] ??= true;
  const inPlace = [...(schema.allOf ?? []), schema.if, schema.then, schema.else];
  for (const one of inPlace) if (one !== undefined) collect(one, properties, patternProperties);
}

/** For `mapSchema`: objects with many fields are checked by the fields that they have (keywords.js). */
export function tabulate(schema) {
  const { properties, patternProperties, additionalProperties, ...rest } = schema;
  const closed = additionalProperties === false;
  if (properties === undefined || (!closed && Object.keys(properties).length < 20)) return schema;
  const patterns = Object.keys(patternProperties ?? {});
  if (patterns.some((pattern) => pattern !== '^x-')) return schema;
  return { ...rest, fields: properties, ...(closed ? { closed } : {}) };
}
