// What the official meta-schemas leave out, say wrongly or leave to prose, version by version.

import { IS_REFERENCE, narrow, select, tabulate, when } from './narrow.js';
import { mapSchema, officialDefinitions, schemaObject2020 } from './official.js';

const EXTENSIONS = { '^x-': true };
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];
const OPERATION = when(IS_REFERENCE, { $ref: 'reference' }, { $ref: 'operation' });
/** Definitions that only carry keywords for others; they are copied into place. */
const MIXINS = [
  'specification-extensions',
  'examples',
  'explode-for-form',
  'token',
  'vendor-extension',
  'example-xor-examples',
  'schema-xor-content',
  'parameter-location',
];

/** The definitions of one OpenAPI version, ready to be compiled: no unions, every object closed. */
export function definitionsOf(version) {
  const official = officialDefinitions(version);
  if (version === '2.0') correctSwagger(official);
  else if (version === '3.0') correct30(official);
  else correct31(official);
  correctAll(official);
  const definitions = {};
  for (const [name, schema] of Object.entries(official)) {
    if (MIXINS.includes(name) && name !== 'examples') continue;
    const whole = mapSchema(schema, (one) => inline(one, official));
    definitions[name] = mapSchema(mapSchema(whole, narrow), tabulate);
  }
  if (version !== '2.0') delete definitions.examples;
  return definitions;
}

function inline(schema, definitions) {
  const mixed = MIXINS.includes(schema.$ref) && definitions[schema.$ref] !== undefined && schema.$ref;
  if (!mixed || (mixed === 'examples' && definitions.examples.additionalProperties === true)) return schema;
  const { $ref, ...rest } = schema;
  // These hold nothing but defaults and the permission of `x-` fields.
  if (mixed === 'explode-for-form') return rest;
  if (mixed === 'vendor-extension') return {};
  const mixin = mapSchema(definitions[mixed], (one) => inline(one, definitions));
  if (mixed === 'specification-extensions') {
    return { ...rest, patternProperties: { ...rest.patternProperties, ...EXTENSIONS } };
  }
  return Object.keys(rest).length === 0 ? mixin : { ...rest, allOf: [...(rest.allOf ?? []), mixin] };
}

/** In prose only: a list says what its items are (2.0 and 3.0; JSON Schema 2020-12 does not ask for it). */
const LISTS_HAVE_ITEMS = when(
  { type: 'object', required: ['type'], properties: { type: { const: 'array' } } },
  { required: ['items'] },
);

function demandItems(definitions, names) {
  for (const name of names) {
    definitions[name].allOf = [...(definitions[name].allOf ?? []), LISTS_HAVE_ITEMS];
  }
}

function correctAll(definitions) {
  // Siblings of a reference are ignored, in every version; the reader reports those that would have meant something.
  const { openapi } = definitions.document.properties;
  if (openapi !== undefined) openapi.pattern = '^3\\.[0-9]+\\.[0-9]+(-.+)?$';
  definitions.reference = { type: 'object', required: ['$ref'], properties: { $ref: { type: 'string' } } };
  // What a key of `paths` may be is checked with the templates; what lies under it is a path item in any case.
  definitions.paths = {
    type: 'object',
    patternProperties: EXTENSIONS,
    additionalProperties: { $ref: 'path-item' },
  };
  const item = definitions['path-item'];
  for (const method of METHODS)
    if (item.properties[method] !== undefined) item.properties[method] = OPERATION;
  for (const map of Object.values(definitions.components?.properties ?? {})) {
    // A component under a name that the specification does not allow is still read, so it is still checked.
    if (map.patternProperties === undefined) continue;
    const [[pattern, value]] = Object.entries(map.patternProperties);
    delete map.patternProperties;
    map.additionalProperties = value;
    map.propertyNames = { pattern };
  }
}

function correctSwagger(definitions) {
  const d = definitions;
  d['response-value'] = { oneOf: [{ $ref: 'response' }, { $ref: 'reference' }] };
  const isFile = { type: 'object', required: ['type'], properties: { type: { const: 'file' } } };
  d.response.properties.schema = when(isFile, { $ref: 'file-schema' }, { $ref: 'schema' });
  delete d.responses.not;
  const [codes] = Object.keys(d.responses.patternProperties);
  d.responses.patternProperties['^([1-5][0-9]{2})$|^(default)$'] = d.responses.patternProperties[codes];
  delete d.responses.patternProperties[codes];
  const cases = { body: { $ref: 'body-parameter' } };
  for (const place of ['header', 'query', 'formData', 'path']) {
    const name = `${place === 'formData' ? 'form-data' : place}-parameter`;
    const required = [...d['non-body-parameter'].required, ...(place === 'path' ? ['required'] : [])];
    d[name] = { ...d[name], type: 'object', required };
    cases[place] = { $ref: name };
  }
  const lists = ['header', 'query', 'form-data', 'path'].map((place) => `${place}-parameter`);
  demandItems(d, ['schema', 'header', 'primitives-items', ...lists]);
  delete d['non-body-parameter'];
  delete d['json-reference'];
  d.parameter = select('in', cases);
  d['security-definitions'].additionalProperties = { $ref: 'security-scheme' };
  d['security-scheme'] = select('type', {
    basic: { $ref: 'basic-authentication-security' },
    apiKey: { $ref: 'api-key-security' },
    oauth2: select('flow', {
      implicit: { $ref: 'oauth2-implicit-security' },
      password: { $ref: 'oauth2-password-security' },
      application: { $ref: 'oauth2-application-security' },
      accessCode: { $ref: 'oauth2-access-code-security' },
    }),
  });
}

const BEARER = {
  type: 'object',
  required: ['scheme'],
  properties: { scheme: { pattern: '^[Bb][Ee][Aa][Rr][Ee][Rr]$' } },
};
const BEARER_FORMAT = when(BEARER, {}, { properties: { bearerFormat: false } });

function correct30(definitions) {
  const d = definitions;
  demandItems(d, ['schema']);
  const serialised = ['style', 'explode', 'allowReserved', 'example', 'examples'];
  d['schema-xor-content'] = {
    exactlyOne: ['schema', 'content'],
    ...when(
      { type: 'object', required: ['content'] },
      { properties: Object.fromEntries(serialised.map((name) => [name, false])) },
    ),
  };
  delete d['http-security-scheme'].oneOf;
  d['http-security-scheme'].allOf = [BEARER_FORMAT];
  d['security-scheme'] = select('type', {
    apiKey: { $ref: 'api-key-security-scheme' },
    http: { $ref: 'http-security-scheme' },
    oauth2: { $ref: 'oauth2-security-scheme' },
    openIdConnect: { $ref: 'open-id-connect-security-scheme' },
  });
  const { patternProperties, ...item } = d['path-item'];
  d['path-item'] = { ...item, patternProperties: EXTENSIONS };
  for (const method of METHODS) if (method !== 'query') item.properties[method] = OPERATION;
}

function correct31(definitions) {
  const d = definitions;
  d.schema = schemaObject2020();
  d.discriminator = {
    type: 'object',
    required: ['propertyName'],
    properties: {
      propertyName: { type: 'string' },
      mapping: { type: 'object', additionalProperties: { type: 'string' } },
      // 3.2
      defaultMapping: { type: 'string' },
    },
    patternProperties: EXTENSIONS,
    additionalProperties: false,
  };
  d.xml = {
    type: 'object',
    properties: {
      name: { type: 'string' },
      namespace: { type: 'string' },
      prefix: { type: 'string' },
      attribute: { type: 'boolean' },
      wrapped: { type: 'boolean' },
      // 3.2
      nodeType: { type: 'string' },
    },
    patternProperties: EXTENSIONS,
    additionalProperties: false,
  };
  const { anyOf, ...document } = d.document;
  d.document = { ...document, atLeastOne: anyOf.flatMap((one) => one.required) };
  // An empty object is one mistake, "minProperties"; the condition reports it again.
  for (const keyword of ['if', 'then']) delete d.responses[keyword];
  d['security-scheme'] = securitySchemeByType(d['security-scheme'], d);
  correctParameter(d);
}

function securitySchemeByType(official, definitions) {
  const cases = { mutualTLS: {}, http: { allOf: [BEARER_FORMAT] } };
  for (const part of official.allOf) {
    const conditional = definitions[part.$ref];
    const type = conditional?.if?.properties.type.const;
    if (type === undefined) continue;
    cases[type] ??= {};
    cases[type].properties = { ...cases[type].properties, ...conditional.then.properties };
    cases[type].required ??= conditional.then.required;
    delete definitions[part.$ref];
  }
  for (const variant of Object.values(cases)) {
    variant.type = 'object';
    variant.required = ['type', ...(variant.required ?? [])];
    variant.properties = { ...official.properties, ...variant.properties };
    variant.patternProperties = EXTENSIONS;
    variant.additionalProperties = false;
  }
  return select('type', cases);
}

const IN_PATH = { type: 'object', required: ['in'], properties: { in: { const: 'path' } } };

function correctParameter(definitions) {
  const { parameter, parameters } = definitions;
  const styles = parameter.dependentSchemas.schema;
  // A parameter in the path is required whether it has a schema or content.
  const inPath = definitions['styles-for-path'].then;
  const { name, required, ...others } = inPath.properties;
  parameter.allOf = [
    ...(parameter.allOf ?? []).filter((one) => one.if?.properties.in.const !== 'path'),
    when(IN_PATH, { required: ['required'], properties: { name, required } }),
  ];
  definitions['styles-for-path'] = when(IN_PATH, { properties: others });
  styles.allOf = styles.allOf.map((one) => definitions[one.$ref] ?? one);
  for (const place of ['path', 'header', 'query', 'cookie']) delete definitions[`styles-for-${place}`];
  // Which query parameters go together says nothing about routing and is read by nobody here.
  if (parameters !== undefined) definitions.parameters = { type: 'array', items: parameters.items };
  const methods = definitions['path-item'].properties.additionalOperations;
  if (methods === undefined) return;
  // Methods that have a field of their own are the reader's to refuse: it says which field that is.
  methods.additionalProperties = OPERATION;
  methods.propertyNames = { pattern: definitions.token.pattern };
}
