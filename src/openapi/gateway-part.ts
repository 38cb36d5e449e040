import { suggest } from '../diagnostics/suggest.ts';
import type { Node } from '../source/node.ts';
import { isRecord, nodeAt } from './node-at.ts';
import type { StructureError } from './validators.ts';

/** Fields that a gateway reads, by definition; `undefined` is every field but the descriptive ones. */
const READ: { readonly [definition: string]: readonly string[] | undefined } = {
  document: [
    'servers',
    'host',
    'basePath',
    'schemes',
    'security',
    'securityDefinitions',
    'paths',
    'components',
    'parameters',
  ],
  components: ['securitySchemes', 'parameters', 'pathItems'],
  operation: ['parameters', 'security', 'servers', 'schemes', 'operationId'],
  paths: undefined,
  'path-item': undefined,
  server: undefined,
  'server-variable': undefined,
  security: undefined,
  'security-requirement': undefined,
  'security-definitions': undefined,
  'parameter-definitions': undefined,
  'parameters-list': undefined,
  parameters: undefined,
  'schemes-list': undefined,
};

const DESCRIPTIVE = ['description', 'summary', 'externalDocs', 'tags'];
const PARAMETER_FIELDS = ['name', 'in', 'required'];
const OTHER_PLACES = ['query', 'querystring', 'header', 'cookie', 'body', 'formData'];

/** Path items that a gateway does not serve, and servers that it does not read. */
const ELSEWHERE = /^\/webhooks\/|\/(?:callbacks|links|responses|requestBody|requestBodies)\//;

/** Whether a mistake lies in a part of the document that a gateway reads. `base` is what was checked. */
export function isReadByGateway(base: Node, error: StructureError): boolean {
  if (ELSEWHERE.test(error.instancePath) && !error.instancePath.startsWith('/paths/~1')) return false;
  if (ELSEWHERE.test(error.instancePath.replace(/^\/paths\/[^/]*/, ''))) return false;
  if (error.propertyName !== undefined && error.schemaPath.startsWith('components#')) return false;
  const definition = error.schemaPath.slice(0, error.schemaPath.indexOf('#'));
  const field = fieldOf(error);
  if (isSecurity(definition, error.instancePath)) return !DESCRIPTIVE.includes(field);
  if (definition === 'reference') return isReadReference(error.instancePath);
  if (/(^|-)parameter$/.test(definition)) return isReadParameter(base, error, field);
  if (!Object.hasOwn(READ, definition)) return false;
  const read = READ[definition];
  if (read === undefined) return !DESCRIPTIVE.includes(field);
  if (read.includes(field) || field === '') return true;
  return isUnknown(error) && suggest(field, [...read, 'x-gateway']) !== undefined;
}

function isUnknown(error: StructureError): boolean {
  return error.keyword === 'fields' || error.keyword === 'additionalProperties';
}

/** The field that the mistake is about; '' is the object itself. */
function fieldOf(error: StructureError): string {
  const { field, missingProperty, additionalProperty } = error.params;
  if (typeof additionalProperty === 'string') return additionalProperty;
  if (typeof field === 'string') return field;
  if (typeof missingProperty === 'string') return missingProperty;
  return (
    /^[^#]*#(?:\/(?:allOf\/\d+|then|else))*\/(?:fields|properties)\/([^/]+)/.exec(error.schemaPath)?.[1] ?? ''
  );
}

function isSecurity(definition: string, pointer: string): boolean {
  if (definition.startsWith('security') || definition.endsWith('-security')) return true;
  return (
    /(^|\/)(securitySchemes|securityDefinitions)\//.test(pointer) || definition.includes('security-scheme')
  );
}

function isReadReference(pointer: string): boolean {
  return /\/parameters\/[^/]+\/\$ref$|\/securitySchemes\/|^\/paths\/[^/]+\/[^/]+\/\$ref$|^\/\$ref$/.test(
    pointer,
  );
}

/** Of a parameter a gateway reads what makes it one in the path; an unknown place may be a misspelt `path`. */
function isReadParameter(base: Node, error: StructureError, field: string): boolean {
  const found = nodeAt(base, error.instancePath);
  const owner = isRecord(found.value) ? found : nodeAt(base, error.instancePath.replace(/\/[^/]*$/, ''));
  const place = owner.child('in')?.value;
  if (typeof place === 'string' && OTHER_PLACES.includes(place) && field !== 'in') return false;
  return PARAMETER_FIELDS.includes(field) || field === '';
}
