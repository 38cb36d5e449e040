// Keywords of our own: what the meta-schemas say with unions and negations, in a form that reports one mistake once.
import { _ } from 'ajv';

/** How many of the fields an object has. */
function presence(data, fields) {
  return fields
    .map((field) => _`(${data}[${field}] !== undefined ? 1 : 0)`)
    .reduce((sum, one) => _`${sum} + ${one}`);
}

function counting(keyword, isWrong) {
  return {
    keyword,
    type: 'object',
    schemaType: 'array',
    error: { message: '', params: ({ schema }) => _`{fields: ${schema}}` },
    code: (cxt) => cxt.fail(isWrong(presence(cxt.data, cxt.schema))),
  };
}

/** The fields that make up most of real documents, most frequent first: they are compared before the others. */
const FREQUENT = [
  'type',
  'description',
  '$ref',
  'properties',
  'example',
  'format',
  'items',
  'required',
  'enum',
  'schema',
  'name',
  'in',
  'content',
  'nullable',
];

function byFrequency(names) {
  const frequent = FREQUENT.filter((name) => names.includes(name));
  return [...frequent, ...names.filter((name) => !frequent.includes(name))];
}

/**
 * `properties` the other way round: one pass over the fields that an object has instead of a look-up of each field that
 * it may have (a Schema Object may have forty and has three). With `closed`, any other field but `x-` is unknown.
 */
const fields = {
  keyword: 'fields',
  type: 'object',
  schemaType: 'object',
  error: { message: '', params: ({ params }) => _`{field: ${params.field}}` },
  code(cxt) {
    const { gen, data, schema, parentSchema } = cxt;
    gen.forIn('key', data, (key) => {
      for (const [i, name] of byFrequency(Object.keys(schema)).entries()) {
        if (i === 0) gen.if(_`${key} === ${name}`);
        else gen.elseIf(_`${key} === ${name}`);
        cxt.subschema({ keyword: 'fields', schemaProp: name, dataProp: name }, gen.name('valid'));
      }
      if (parentSchema.closed) {
        gen.elseIf(_`!${key}.startsWith("x-")`);
        cxt.setParams({ field: key });
        cxt.error();
      }
      gen.endIf();
    });
  },
};

export const keywords = [
  fields,
  { keyword: 'closed', schemaType: 'boolean' },
  counting('exactlyOne', (count) => _`${count} !== 1`),
  counting('atMostOne', (count) => _`${count} > 1`),
  counting('atLeastOne', (count) => _`${count} === 0`),
  {
    keyword: 'distinct',
    type: 'array',
    schemaType: 'boolean',
    error: { message: '', params: () => _`{}` },
    code: (cxt) => cxt.fail(_`new Set(${cxt.data}).size !== ${cxt.data}.length`),
  },
];
