/**
 * What a value in a document is, as far as it matters for finding references and extensions: names of a map, data in an
 * example and fields of an object look alike and are told apart by the way that leads to them.
 */
export type Place =
  | 'root'
  | 'paths'
  | 'pathItem'
  | 'additionalOperations'
  | 'operation'
  | 'components'
  | 'pathItems'
  | 'responses'
  | 'links'
  | 'link'
  /** Keys are names, values are objects. */
  | 'map'
  | 'object'
  /** Not part of the description: examples, defaults, vendors' extensions. */
  | 'data';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

const DATA = [
  // Some write {$ref: page.md} here, which is no part of OpenAPI and nothing that a gateway reads.
  'description',
  'example',
  'default',
  'enum',
  'const',
  'value',
  'dataValue',
  'security',
  'required',
  'dependentRequired',
  'mapping',
  'scopes',
];

const MAPS = [
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
  'dependencies',
  'headers',
  'content',
  'encoding',
  'callbacks',
  'variables',
];

const OBJECT_FIELDS = new Map<string, Place>([
  ...DATA.map((name) => [name, 'data'] as const),
  ...MAPS.map((name) => [name, 'map'] as const),
  ['links', 'links'],
  ['responses', 'responses'],
]);

const ROOT_FIELDS = new Map<string, Place>([
  ['paths', 'paths'],
  ['components', 'components'],
  ['webhooks', 'map'],
  ['definitions', 'map'],
  ['parameters', 'map'],
  ['responses', 'map'],
  ['securityDefinitions', 'map'],
  ['security', 'data'],
]);

/** What the value of one field is; an item of a list is what the list is. */
export function placeOf(parent: Place, field: string, value: unknown): Place {
  // Nearly all values are here: they do not wait for the others.
  if (parent === 'object') return field.startsWith('x-') ? 'data' : placeInObject(field, value);
  switch (parent) {
    case 'map':
      return 'object';
    case 'links':
      return 'link';
    case 'pathItems':
      return 'pathItem';
    case 'additionalOperations':
      return 'operation';
    case 'data':
      return 'data';
    default:
      return field.startsWith('x-') ? 'data' : placeOfField(parent, field, value);
  }
}

function placeOfField(parent: Place, field: string, value: unknown): Place {
  switch (parent) {
    case 'root':
      return ROOT_FIELDS.get(field) ?? 'object';
    case 'paths':
      return 'pathItem';
    case 'components':
      return field === 'pathItems' || field === 'links' ? field : 'map';
    case 'responses':
      return 'object';
    case 'pathItem':
      if (METHODS.includes(field)) return 'operation';
      return field === 'additionalOperations' ? 'additionalOperations' : 'object';
    case 'link':
      return field === 'parameters' || field === 'requestBody' ? 'data' : 'object';
    default:
      return placeInObject(field, value);
  }
}

function placeInObject(field: string, value: unknown): Place {
  // A list of examples is data; a map of them holds Example Objects (and in Swagger 2.0 plain data, which is harmless).
  if (field === 'examples') return Array.isArray(value) ? 'data' : 'map';
  return OBJECT_FIELDS.get(field) ?? 'object';
}

/** Where `x-gateway` has a meaning. */
export function takesGateway(place: Place): boolean {
  return place === 'root' || place === 'pathItem' || place === 'operation';
}

/** Whether a `$ref` here is a reference and not a name or data. */
export function takesReference(place: Place): boolean {
  return place === 'object' || place === 'pathItem' || place === 'operation' || place === 'link';
}
