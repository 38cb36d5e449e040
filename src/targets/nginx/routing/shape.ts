import type { Route } from '../../../model/gateway.ts';
import { segmentCapture } from '../path/request-line.ts';
import { type Piece, text, variable } from '../token.ts';
import { isMixed, type MixedSegments } from './mixed-pattern.ts';
import { layerVariable } from './mixed-view.ts';

/** What kind of thing stands in one segment; `mixed` by the layer of its pattern. */
type SegmentClass =
  | { readonly kind: 'literal' }
  | { readonly kind: 'mixed'; readonly layer: number }
  | { readonly kind: 'parameter' };

/**
 * What all templates have in common that are looked up together: the class of every segment and what comes behind
 * them. Within one shape, the text of the literal segments and the numbers of the mixed patterns tell the route.
 */
export interface Shape {
  readonly classes: readonly SegmentClass[];
  readonly end: 'exact' | 'slash' | 'greedy';
}

export interface ShapedRoutes {
  readonly shape: Shape;
  /** What is looked up for a request. */
  readonly lookup: readonly Piece[];
  readonly entries: readonly RouteEntry[];
}

interface RouteEntry {
  /** What the lookup holds for a path of this route, byte for byte. */
  readonly key: string;
  readonly route: string;
}

/** Routes by shape, shapes in order of precedence (BEHAVIOUR.md §2.2b). */
export function shapedRoutes(routes: readonly Route[], mixed: MixedSegments): readonly ShapedRoutes[] {
  const found = new Map<string, { readonly shape: Shape; readonly entries: RouteEntry[] }>();
  for (const route of routes) {
    const shape = shapeOf(route, mixed);
    const name = shapeName(shape);
    const known = found.get(name) ?? { shape, entries: [] };
    known.entries.push({ key: keyOf(route, shape, mixed), route: route.id });
    found.set(name, known);
  }
  return [...found.values()]
    .map(({ shape, entries }) => ({ shape, lookup: lookupOf(shape), entries }))
    .sort((a, b) => compareShapes(a.shape, b.shape));
}

/** Whether paths of so many segments, with or without a slash at the end, can have the shape. */
export function fits(shape: Shape, segments: number, slash: boolean): boolean {
  if (shape.end === 'greedy') return segments > shape.classes.length;
  return segments === shape.classes.length && slash === (shape.end === 'slash');
}

/** True when the shape alone tells the route. */
export function isKeyless({ classes }: Shape): boolean {
  return classes.every(({ kind }) => kind === 'parameter');
}

function shapeOf({ segments }: Route, mixed: MixedSegments): Shape {
  const classes: SegmentClass[] = [];
  for (const [index, segment] of segments.entries()) {
    if (segment.kind === 'greedy') return { classes, end: 'greedy' };
    if (segment.pieces.length === 0) return { classes, end: 'slash' };
    const layer = isMixed(segment) ? mixed.placeOf(index + 1, segment)?.layer : undefined;
    if (layer !== undefined) classes.push({ kind: 'mixed', layer });
    else classes.push({ kind: segment.pieces[0]?.kind === 'parameter' ? 'parameter' : 'literal' });
  }
  return { classes, end: 'exact' };
}

function keyOf({ segments }: Route, { classes }: Shape, mixed: MixedSegments): string {
  const parts = classes.flatMap(({ kind }, index) => {
    const segment = segments[index];
    if (segment?.kind !== 'plain' || kind === 'parameter') return [];
    if (kind === 'mixed') return [`/${mixed.placeOf(index + 1, segment)?.pattern.number ?? ''}`];
    return [`/${segment.pieces.map((piece) => (piece.kind === 'literal' ? piece.text : '')).join('')}`];
  });
  return parts.join('');
}

function lookupOf({ classes }: Shape): readonly Piece[] {
  return classes.flatMap((one, index) => {
    if (one.kind === 'parameter') return [];
    const name = one.kind === 'mixed' ? layerVariable(index + 1, one.layer) : segmentCapture(index + 1);
    return [text('/'), variable(name)];
  });
}

function shapeName({ classes, end }: Shape): string {
  return [...classes.map((one) => (one.kind === 'mixed' ? `mixed${one.layer}` : one.kind)), end].join(' ');
}

function compareShapes(a: Shape, b: Shape): number {
  const [left, right] = [ranks(a), ranks(b)];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const order = (left[index] ?? 0) - (right[index] ?? 0);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Literal, mixed layer by layer, parameter, greedy. */
function ranks({ classes, end }: Shape): readonly number[] {
  const inner = classes.map((one) => {
    if (one.kind === 'literal') return 0;
    return one.kind === 'mixed' ? 1 + one.layer : PARAMETER;
  });
  return end === 'greedy' ? [...inner, PARAMETER + 1] : inner;
}

const PARAMETER = 1_000_000;
