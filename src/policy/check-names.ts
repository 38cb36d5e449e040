import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { Origin, Sourced } from '../model/origin.ts';
import type { Expression } from '../model/policy.ts';
import { unknownConsumer, unknownGroup, unknownService } from './diagnostics.ts';
import { type Leaf, leavesOf } from './fold.ts';

/** What a gateway declares and policies name. */
export interface DeclaredNames {
  readonly consumers: ReadonlyMap<string, { readonly groups: readonly string[] }>;
  readonly backends: { readonly has: (name: string) => boolean; readonly keys: () => Iterable<string> };
}

/** Reports groups that no consumer has, consumers and services that are not declared. True when there is none. */
export function checkNames(
  { value, at }: Sourced<Expression>,
  declared: DeclaredNames,
  report: Report,
): boolean {
  const leaves = new Map(leavesOf(value).map((leaf) => [JSON.stringify(leaf), leaf]));
  return [...leaves.values()].map((leaf) => nameHolds(leaf, at, declared, report)).every((holds) => holds);
}

function nameHolds(leaf: Leaf, at: Origin, { consumers, backends }: DeclaredNames, report: Report): boolean {
  switch (leaf.kind) {
    case 'group': {
      const groups = new Set([...consumers.values()].flatMap((one) => one.groups));
      if (groups.has(leaf.group)) return true;
      report(diagnostic(unknownGroup, at, { group: leaf.group, hint: hintOf(leaf.group, groups) }));
      return false;
    }
    case 'external': {
      const { backend } = leaf;
      if (backends.has(backend)) return true;
      report(diagnostic(unknownService, leaf.at, { backend, hint: hintOf(backend, backends.keys()) }));
      return false;
    }
    case 'compare': {
      const consumer = comparedConsumer(leaf);
      if (consumer === undefined || consumers.has(consumer)) return true;
      report(diagnostic(unknownConsumer, at, { consumer, hint: hintOf(consumer, consumers.keys()) }));
      return false;
    }
    default:
      return true;
  }
}

/** The literal that a consumer is compared with. */
function comparedConsumer({ left, right }: Extract<Leaf, { readonly kind: 'compare' }>): string | undefined {
  if (left.kind === 'consumer' && right.kind === 'literal') return right.value;
  return left.kind === 'literal' && right.kind === 'consumer' ? left.value : undefined;
}

function hintOf(name: string, declared: Iterable<string>): string {
  const names = [...declared];
  const shown = names.slice(0, 20);
  return didYouMean(name, names) || (shown.length === 0 ? '' : ` Declared: ${shown.join(', ')}.`);
}
