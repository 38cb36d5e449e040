import type { Node } from '../../source/node.ts';
import { weakenedChoice } from '../guards/weakened-backends.ts';
import { weakenedBlock } from '../guards/weakened-block.ts';
import type { Weakening } from '../guards/weakened-facets.ts';
import { isOpen, securityOf, weakenedSchemes, weakenedSecurity } from '../guards/weakened-security.ts';
import { weakenedWaivers } from '../guards/weakened-waivers.ts';
import { operationTitle } from '../read-operation.ts';
import { type OperationPair, operationPairs } from './operation-pairs.ts';
import type { ServingDocument } from './serving-document.ts';

/** Guards that one document weakens for its own operations; `before` is undefined where the base cannot be read. */
export function weakenedDocument(
  before: ServingDocument | undefined,
  after: ServingDocument,
): readonly Weakening[] {
  const { root, api } = after.nodes;
  const place = {
    level: 'defaults',
    inherited: before?.outer ?? 'public',
    at: root?.at ?? api.at,
  } as const;
  return [
    ...weakenedBlock(before?.nodes.root?.child('defaults'), root?.child('defaults'), place),
    ...(before === undefined ? [] : weakenedSchemes(before.nodes.api, api)),
    ...weakenedPaths(before, after),
    ...operationPairs(before, after).flatMap((pair) => weakenedOperation(pair, before, after)),
  ];
}

/** Patches do not reach paths; only overlays do. */
function weakenedPaths(
  before: ServingDocument | undefined,
  { nodes }: ServingDocument,
): readonly Weakening[] {
  if (before?.nodes.api === nodes.api) return [];
  const known = new Map(before?.nodes.api.paths.map((item) => [item.template, item]));
  return nodes.api.paths.flatMap((item) => {
    const base = known.get(item.template);
    const place = { level: 'path', inherited: before?.inherited() ?? 'public', at: item.at } as const;
    const old = base === undefined ? undefined : before?.nodes.ofPath(base);
    return weakenedLevel(old, nodes.ofPath(item), place);
  });
}

function weakenedOperation(
  pair: OperationPair,
  before: ServingDocument | undefined,
  after: ServingDocument,
): readonly Weakening[] {
  const { item, operation } = pair.after;
  const { at } = operation;
  const base = pair.before;
  const old = base === undefined ? undefined : before?.nodes.ofOperation(base.operation);
  const inherited = before?.inherited(base?.item) ?? 'public';
  const found = [
    ...weakenedLevel(old, after.nodes.ofOperation(operation), { level: 'operation', inherited, at }),
    ...weakenedCredentials(pair, before, after),
    ...weakenedDestination(pair, before, after),
  ];
  if (base === undefined || pair.kind === 'same') return found;
  const place = { level: 'path', inherited: before?.inherited() ?? 'public', at } as const;
  return [...found, ...weakenedLevel(before?.nodes.ofPath(base.item), after.nodes.ofPath(item), place)];
}

function weakenedCredentials(
  { kind, before: base, after: placed }: OperationPair,
  before: ServingDocument | undefined,
  after: ServingDocument,
): readonly Weakening[] {
  const { item, operation } = placed;
  const now = securityOf(after.nodes.api, operation);
  const old =
    base === undefined || before === undefined ? undefined : securityOf(before.nodes.api, base.operation);
  const opens = kind === 'added' && isOpen(now) && after.isServed(placed);
  const how = opens
    ? 'adds an operation that serves requests without a credential'
    : base === undefined
      ? undefined
      : weakenedSecurity(old, now);
  if (how === undefined) return [];
  // What operations inherit is said once.
  const isInherited =
    kind === 'same' && operation.security === undefined && base?.operation.security === undefined;
  const guard = isInherited ? 'security' : `security of ${operationTitle(operation, item.template)}`;
  return [{ guard, how, at: now?.at ?? operation.at, ...(old === undefined ? {} : { was: old.at }) }];
}

/** What becomes of a back end of the same name is said where it is declared. */
function weakenedDestination(
  { before: base, after: placed }: OperationPair,
  before: ServingDocument | undefined,
  after: ServingDocument,
): readonly Weakening[] {
  const old = base === undefined ? undefined : before?.backendOf(base);
  const now = after.backendOf(placed);
  if (old === undefined || now === undefined || old.name === now.name) return [];
  const how = weakenedChoice(old.block, now.block);
  return how === undefined ? [] : [{ guard: 'backend', how, at: now.at, was: old.at }];
}

function weakenedLevel(
  before: Node | undefined,
  after: Node | undefined,
  place: Parameters<typeof weakenedBlock>[2],
): readonly Weakening[] {
  const waivers = after === undefined ? [] : weakenedWaivers(before, after);
  return [...weakenedBlock(before, after, place), ...waivers];
}
