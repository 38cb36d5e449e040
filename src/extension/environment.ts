import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { Node } from '../source/node.ts';
import { type PlaceBlock, place, placeFields } from './blocks/environment.ts';
import { unknownEnvironment } from './diagnostics.ts';
import { kindOf, quote } from './kind.ts';
import { SUBSTITUTION } from './text.ts';
import { reportWrongKind } from './wrong-kind.ts';

export interface EnvironmentPatch {
  /** Merge patch for the root block: the environment without what patches something else. */
  readonly root: Node;
  /** operationId → merge patch for that operation's facets. */
  readonly operations: ReadonlyMap<string, Node>;
}

/** What stands in an environment and is no field of the root block. */
const ownFields: ReadonlySet<string> = new Set(['operations', ...Object.keys(placeFields)]);

/** Where an environment of a root block is served; undefined when it does not say so, or after a report. */
export function readPlace(block: Node, name: string, report: Report): PlaceBlock | undefined {
  const patch = block.child('environments')?.child(name);
  if (patch === undefined || kindOf(patch.value) !== 'object') return undefined;
  const stated = substituteEnvironment(
    filtered(patch, (key) => Object.hasOwn(placeFields, key)),
    name,
  );
  return stated.entries().length === 0 ? undefined : place.read(stated, report);
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
  return {
    root: filtered(patch, (key) => !ownFields.has(key)),
    operations: new Map(operations?.entries() ?? []),
  };
}

function filtered(node: Node, keeps: (key: string) => boolean): Node {
  const kept = Object.entries(node.value as object).filter(([key]) => keeps(key));
  return {
    value: Object.fromEntries(kept),
    at: node.at,
    child: (name) => (keeps(String(name)) ? node.child(name) : undefined),
    entries: () => node.entries().filter(([name]) => keeps(name)),
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
