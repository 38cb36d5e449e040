import type { Segment } from '../../model/path.ts';
import type { ApiDocument, OperationItem, PathItem } from '../../openapi/document.ts';
import type { Node } from '../../source/node.ts';
import { withGreedy } from '../facets/greedy-parameter.ts';
import { mayOverlap } from '../path/overlap.ts';
import { parseTemplate, routedPart } from '../path/path-template.ts';
import { comparePrecedence, precedenceKey } from '../path/precedence.ts';
import type { ServingDocument } from './serving-document.ts';

export interface PlacedItem {
  readonly item: PathItem;
  readonly operation: OperationItem;
}

/** An operation with one of the base that answered some of its requests there. */
export interface OperationPair {
  /** Undefined where no operation of the base did. */
  readonly before: PlacedItem | undefined;
  readonly after: PlacedItem;
  /** `added`: the base does not have it; `left`: it answers for one that the base has besides. */
  readonly kind: 'same' | 'added' | 'left';
}

/**
 * Who answers in `after` what who answered in `before`, within one document. Operations of one path and method belong
 * together. An added operation takes requests from less specific ones that it overlaps with, and one that is removed
 * leaves its own to them.
 */
export function operationPairs(
  before: ServingDocument | undefined,
  after: ServingDocument,
): readonly OperationPair[] {
  const base = operationsOf(before?.nodes.api);
  const now = operationsOf(after.nodes.api);
  const known = new Map(base.map((one) => [nameOf(one), one]));
  const same = now.flatMap((one): readonly OperationPair[] => {
    const old = known.get(nameOf(one));
    return old === undefined ? [] : [{ before: old, after: one, kind: 'same' }];
  });
  const served = now.filter(after.isServed);
  const added = now.filter((one) => !known.has(nameOf(one)));
  if (before === undefined) return [...same, ...added.map(alone)];
  const answering = base.filter(before.isServed);
  const names = new Set(served.map(nameOf));
  const left = answering.filter((one) => !names.has(nameOf(one)));
  return [
    ...same,
    ...pairsBehind(routesOf(after, added), added.length === 0 ? [] : routesOf(before, answering)).flatMap(
      ({ route, others }) =>
        others.length === 0
          ? [alone(route)]
          : others.map((one) => ({ before: one, after: route, kind: 'added' as const })),
    ),
    ...pairsBehind(routesOf(before, left), left.length === 0 ? [] : routesOf(after, served)).flatMap(
      ({ route, others }) => others.map((one) => ({ before: route, after: one, kind: 'left' as const })),
    ),
  ];
}

function alone(after: PlacedItem): OperationPair {
  return { before: undefined, after, kind: 'added' };
}

function operationsOf(api: ApiDocument | undefined): readonly PlacedItem[] {
  return (api?.paths ?? []).flatMap((item) => item.operations.map((operation) => ({ item, operation })));
}

function nameOf({ item, operation }: PlacedItem): string {
  return `${operation.method}\n${item.template}`;
}

interface Route extends PlacedItem {
  readonly segments: readonly Segment[] | undefined;
  readonly key: string;
}

/** A template that cannot be routed overlaps with none; it is reported where it is served. */
function routesOf({ nodes }: ServingDocument, placed: readonly PlacedItem[]): readonly Route[] {
  return placed.map((one) => {
    const parsed = parseTemplate(routedPart(one.item.template));
    const names = greedyNames(nodes.ofOperation(one.operation)) ?? greedyNames(nodes.ofPath(one.item)) ?? [];
    const segments = parsed.ok ? withGreedy(parsed.template, names).segments : undefined;
    return { ...one, segments, key: segments === undefined ? '' : precedenceKey(segments) };
  });
}

function greedyNames(block: Node | undefined): readonly string[] | undefined {
  const stated = block?.child('greedy')?.entries();
  return stated?.flatMap(([, { value }]) => (typeof value === 'string' ? [value] : []));
}

/** Routes, each with those of the same method that would answer its requests if it were not there. */
function pairsBehind(
  routes: readonly Route[],
  others: readonly Route[],
): readonly { readonly route: Route; readonly others: readonly Route[] }[] {
  return routes.map((route) => ({ route, others: others.filter((other) => isBehind(route, other)) }));
}

/** One of the same shape answers the same requests. */
function isBehind({ operation, segments, key, item }: Route, other: Route): boolean {
  return (
    segments !== undefined &&
    other.segments !== undefined &&
    other.operation.method === operation.method &&
    other.item.template !== item.template &&
    comparePrecedence(key, other.key) <= 0 &&
    mayOverlap(segments, other.segments)
  );
}
