import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { Sourced } from '../model/origin.ts';
import type { Node } from '../source/node.ts';
import { checkParameters } from './check-parameters.ts';
import { checkTemplate } from './check-template.ts';
import { BROKEN_RULE, FIXED_METHOD, OPERATION_REFERENCE, PATHS_REFERENCE } from './diagnostics.ts';
import type { OperationItem, PathItem } from './document.ts';
import { readGatewayFacets } from './extension-node.ts';
import { fields, referenceOf } from './node-at.ts';
import { inPath, type Parameter, readParameters, swaggerBodyProblem } from './read-parameters.ts';
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
    if (template === '$ref') {
      reading.report(diagnostic(PATHS_REFERENCE, node.at, {}, { side: 'key' }));
      continue;
    }
    checkTemplate(template, node.at, reading.report);
    const item = reading.resolve(node, 'pathItem');
    if (item !== undefined) paths.push(readPathItem(reading, template, node, item));
  }
  const [first] = reading.referencedOperations;
  if (first !== undefined) {
    const count = reading.referencedOperations.length;
    reading.report(diagnostic(OPERATION_REFERENCE, first.at, { count }, { side: 'key' }));
  }
  return paths;
}

/** What the operations of a path item have in common. */
interface Shared {
  readonly parameters: readonly Parameter[];
  readonly inPath: readonly Sourced<string>[];
}

function readPathItem(reading: Reading, template: string, node: Node, item: Node): PathItem {
  const parameters = readParameters(reading, item);
  const shared = { parameters, inPath: inPath(item, parameters) };
  const operations = operationNodes(reading, item).map(([method, found]) =>
    readOperation(reading, method, found, shared),
  );
  checkParameters(template, node.at, shared.inPath, operations, reading.report);
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
      const operation = resolveOperation(reading, node);
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
    const operation = resolveOperation(reading, node);
    if (operation !== undefined) found.push([method, operation]);
  }
  return found;
}

function resolveOperation(reading: Reading, node: Node): Node | undefined {
  if (referenceOf(node) !== undefined) reading.referencedOperations.push(node);
  return reading.resolve(node, 'operation');
}

function readOperation(reading: Reading, method: string, node: Node, shared: Shared): OperationItem {
  const id = node.child('operationId');
  const security = node.child('security');
  const parameters = readParameters(reading, node);
  const own = inPath(node, parameters);
  const names = new Set(own.map(({ value }) => value));
  if (reading.version === '2.0') checkBody(reading, method, node, shared.parameters, parameters);
  return {
    method,
    operationId: typeof id?.value === 'string' ? { value: id.value, at: id.at } : undefined,
    at: node.at,
    gateway: readGatewayFacets(node, reading.report),
    servers: operationServers(reading, node),
    security:
      security === undefined ? undefined : { value: readRequirements(reading, security), at: security.at },
    pathParameters: [...shared.inPath.filter(({ value }) => !names.has(value)), ...own],
    deprecated: node.child('deprecated')?.value === true,
  };
}

/** Swagger 2.0 narrows the schemes of an operation where 3.x narrows its servers. */
function operationServers(reading: Reading, node: Node): OperationItem['servers'] {
  if (reading.version !== '2.0') return readServers(reading, node);
  const schemes = node.child('schemes');
  return schemes === undefined ? undefined : readSwaggerServers(reading.root, schemes);
}

function checkBody(
  reading: Reading,
  method: string,
  node: Node,
  shared: readonly Parameter[],
  own: readonly Parameter[],
): void {
  const problem = swaggerBodyProblem(reading.root, node, shared, own);
  if (problem === undefined) return;
  const message = `The operation ${method} ${problem}.`;
  const fix = 'Describe the body once: one body parameter, or form fields of a form that is consumed.';
  const options = { severity: 'warning', side: 'key' } as const;
  reading.report(diagnostic(BROKEN_RULE, node.at, { message, fix, read: false }, options));
}
