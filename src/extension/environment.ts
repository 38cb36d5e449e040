import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { Node } from '../source/node.ts';
import { unknownEnvironment } from './diagnostics.ts';
import { kindOf, quote } from './kind.ts';
import { SUBSTITUTION } from './text.ts';
import { reportWrongKind } from './wrong-kind.ts';

export interface EnvironmentPatch {
  /** Merge patch for the root block: the environment without `operations`. */
  readonly root: Node;
  /** operationId → merge patch for that operation's facets. */
  readonly operations: ReadonlyMap<string, Node>;
}

/** One environment of a root block that no shape has read yet. Undefined after a report. */
export function readEnvironment(block: Node, name: string, report: Report): EnvironmentPatch | undefined {
  const environments = block.child('environments');
  const patch = environments?.child(name);
  if (patch === undefined) {
    const known = environments?.entries().map(([key]) => key) ?? [];
    const declared =
      known.length === 0 ? 'The document declares no environments.' : `Declared: ${known.join(', ')}.`;
    const facts = { name: quote(name), fix: `${declared}${didYouMean(name, known)}` };
    report(diagnostic(unknownEnvironment, environments?.at ?? block.at, facts));
    return undefined;
  }
  const operations = patch.child('operations');
  const expected = 'an object';
  if (kindOf(patch.value) !== 'object') return reportWrongKind(patch, expected, report);
  if (operations !== undefined && kindOf(operations.value) !== 'object') {
    return reportWrongKind(operations, expected, report);
  }
  return { root: without(patch, 'operations'), operations: new Map(operations?.entries() ?? []) };
}

function without(node: Node, key: string): Node {
  const { [key]: _removed, ...value } = node.value as Record<string, unknown>;
  return {
    value,
    at: node.at,
    child: (name) => (name === key ? undefined : node.child(name)),
    entries: () => node.entries().filter(([name]) => name !== key),
  };
}

/**
 * The tree with `${env.name}` replaced in every string value; keys stay. Without an environment nothing is replaced,
 * and the shape that reads the value reports it.
 */
export function substituteEnvironment(node: Node, name: string | undefined): Node {
  if (name === undefined) return node;
  return {
    value: substituteValue(node.value, name),
    at: node.at,
    child: (key) => {
      const child = node.child(key);
      return child === undefined ? undefined : substituteEnvironment(child, name);
    },
    entries: () => node.entries().map(([key, child]) => [key, substituteEnvironment(child, name)] as const),
  };
}

/** Containers keep their raw value: shapes read them through `child` and `entries` only. */
function substituteValue(value: unknown, name: string): unknown {
  return typeof value === 'string' ? value.replaceAll(SUBSTITUTION, () => name) : value;
}
