import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { Sourced } from '../model/origin.ts';
import type { Node } from '../source/node.ts';
import { checkParameters } from './check-parameters.ts';
import { checkTemplate } from './check-template.ts';
import { FIXED_METHOD, OPERATION_REFERENCE } from './diagnostics.ts';
import type { OperationItem, PathItem } from './document.ts';
import { readGatewayFacets } from './extension-node.ts';
import { fields, items, referenceOf, text } from './node-at.ts';
import { readRequirements } from './read-security.ts';
import { readServers, readSwaggerServers } from './read-servers.ts';
import type { Reading } from './reading.ts';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

/** Methods that have a field of their own in a path item. */
function methodsOf(version: Reading['version']): readonly string[] {
  if (version === '2.0') return METHODS;
  return version === '3.2' ? [...METHODS, 'trace', 'query'] : [...METHODS, 'trace'];
}

/** Every path item that can be read, in document order, its references followed. */
export function readPaths(reading: Reading): readonly PathItem[] {
  const paths: PathItem[] = [];
  for (const [template, node] of fields(reading.root.child('paths'))) {
    if (template.startsWith('x-')) continue;
    checkTemplate(template, node.at, reading.report);
    const item = reading.resolve(node, 'pathItem');
    if (item !== undefined) paths.push(readPathItem(reading, template, node, item));
  }
  return paths;
}

function readPathItem(reading: Reading, template: string, node: Node, item: Node): PathItem {
  const shared = readPathParameters(reading, item);
  const operations = operationNodes(reading, item).map(([method, found]) =>
    readOperation(reading, method, found, shared),
  );
  checkParameters(template, node.at, shared, operations, reading.report);
  return {
    template,
    at: node.at,
    gateway: readGatewayFacets(item, reading.report),
    servers: reading.version === '2.0' ? undefined : readServers(reading, item),
    operations,
  };
}

function operationNodes(reading: Reading, item: Node): (readonly [string, Node])[] {
  const found: (readonly [string, Node])[] = [];
  const fixed = methodsOf(reading.version);
  for (const [field, node] of fields(item)) {
    if (fixed.includes(field)) {
      const operation = resolveOperation(reading, field, node);
      if (operation !== undefined) found.push([field.toUpperCase(), operation]);
    } else if (field === 'additionalOperations' && reading.version === '3.2') {
      found.push(...additionalOperations(reading, node, fixed));
    }
  }
  return found;
}

function additionalOperations(
  reading: Reading,
  map: Node,
  fixed: readonly string[],
): (readonly [string, Node])[] {
  const found: (readonly [string, Node])[] = [];
  for (const [method, node] of fields(map)) {
    const field = method.toLowerCase();
    if (fixed.includes(field)) {
      reading.report(diagnostic(FIXED_METHOD, node.at, { method, field }, { side: 'key' }));
      continue;
    }
    const operation = resolveOperation(reading, method, node);
    if (operation !== undefined) found.push([method, operation]);
  }
  return found;
}

function resolveOperation(reading: Reading, method: string, node: Node): Node | undefined {
  if (referenceOf(node) !== undefined) {
    reading.report(diagnostic(OPERATION_REFERENCE, node.at, { method }));
  }
  return reading.resolve(node, 'operation');
}

function readOperation(
  reading: Reading,
  method: string,
  node: Node,
  shared: readonly Sourced<string>[],
): OperationItem {
  const id = node.child('operationId');
  const security = node.child('security');
  const own = readPathParameters(reading, node);
  const names = new Set(own.map(({ value }) => value));
  return {
    method,
    operationId: typeof id?.value === 'string' ? { value: id.value, at: id.at } : undefined,
    at: node.at,
    gateway: readGatewayFacets(node, reading.report),
    servers: operationServers(reading, node),
    security: security === undefined ? undefined : { value: readRequirements(security), at: security.at },
    pathParameters: [...shared.filter(({ value }) => !names.has(value)), ...own],
    deprecated: node.child('deprecated')?.value === true,
  };
}

/** Swagger 2.0 narrows the schemes of an operation where 3.x narrows its servers. */
function operationServers(reading: Reading, node: Node): OperationItem['servers'] {
  if (reading.version !== '2.0') return readServers(reading, node);
  const schemes = node.child('schemes');
  return schemes === undefined ? undefined : readSwaggerServers(reading.root, schemes);
}

/** Names of the `in: path` parameters of one list; a parameter declared twice is reported by the caller's checks. */
function readPathParameters(reading: Reading, owner: Node): readonly Sourced<string>[] {
  const found: Sourced<string>[] = [];
  for (const node of items(owner.child('parameters'))) {
    const parameter = reading.resolve(node, 'parameter');
    if (parameter === undefined || text(parameter, 'in') !== 'path') continue;
    const name = text(parameter, 'name');
    if (name !== undefined) found.push({ value: name, at: node.at });
  }
  return found;
}
