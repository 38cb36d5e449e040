import type { Method, ResourceNode } from './api.ts';
import { decodedPercent } from './percent.ts';
import type { Readings } from './readings.ts';

/** The method that serves a request, with the variables of its path as they were sent. */
export interface Match {
  readonly method: Method;
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Walks the tree of resources (API Gateway Developer Guide, "Amazon API Gateway resources"): at each level a literal
 * wins over `{variable}`, which wins over `{proxy+}`. Trailing slashes are ignored, doubled ones stay inside a greedy
 * variable (both recorded); a variable takes no empty segment (assumed). A branch that does not lead to a resource with
 * methods is left for the next one (assumed: the most specific resource that matches the whole path).
 */
export function matchResource(
  root: ResourceNode,
  path: string,
  httpMethod: string,
  readings: Readings,
): Match | undefined {
  const trimmed = path.replace(/\/+$/, '');
  const segments = trimmed === '' ? [] : trimmed.slice(1).split('/');
  const found = walk(root, segments, new Map(), readings);
  if (found === undefined) return undefined;
  const { methods } = found.node;
  const method = methods.get(httpMethod) ?? (anyMethods.has(httpMethod) ? methods.get('ANY') : undefined);
  return method === undefined ? undefined : { method, parameters: found.parameters };
}

/** The methods that `ANY` stands for (API Gateway Developer Guide, "Set up an HTTP method"; recorded). */
const anyMethods: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

interface Found {
  readonly node: ResourceNode;
  readonly parameters: ReadonlyMap<string, string>;
}

function walk(
  node: ResourceNode,
  segments: readonly string[],
  parameters: ReadonlyMap<string, string>,
  readings: Readings,
): Found | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) return node.methods.size > 0 ? { node, parameters } : undefined;
  const literal = node.literals.get(readings.literals === 'decoded' ? decodedPercent(segment) : segment);
  const byLiteral = literal && walk(literal, rest, parameters, readings);
  if (byLiteral !== undefined) return byLiteral;
  const { greedy, variable } = node;
  if (variable !== undefined && segment !== '') {
    const bound = new Map(parameters).set(variable.name, segment);
    const found = walk(variable.node, rest, bound, readings);
    if (found !== undefined) return found;
  }
  if (greedy === undefined) return undefined;
  return { node: greedy.node, parameters: new Map(parameters).set(greedy.name, segments.join('/')) };
}
