import type { Piece } from '../../../model/path.ts';
import { inSegment } from '../path/profile.ts';
import { segmentCapture } from '../path/request-line.ts';
import { atomic, capture, end, literal, mapRegex, type RegexNode, repeat, start } from '../token/regex.ts';
import { interpolated, text, variableName } from '../token.ts';
import type { Layer, MixedPattern } from './mixed-pattern.ts';

/** The variable that holds the number of the pattern of a layer that matched. */
export function layerVariable(position: number, layer: number): string {
  return `gw_m${position}_${layer}`;
}

/** The capture of a parameter of a mixed segment. */
export function mixedCapture(position: number, pattern: number, parameter: number): string {
  return `gw_p${position}_${pattern}_${parameter}`;
}

/** One map for each layer. `captured`: the patterns whose parameters somebody reads. */
export function mixedView(layers: readonly Layer[], captured: ReadonlySet<MixedPattern>) {
  return layers.map((layer) => ({
    source: variableName(segmentCapture(layer.position)),
    variable: variableName(layerVariable(layer.position, layer.index)),
    patterns: layer.patterns.map((pattern) => ({
      regex: mapRegex(start, ...patternNodes(layer.position, pattern, captured.has(pattern)), end),
      number: interpolated(text(String(pattern.number))),
    })),
  }));
}

/**
 * Each parameter takes as little as it can. A parameter and the literal behind it are matched once: the leftmost place
 * leaves the most to what follows, so trying again would only cost time.
 */
function patternNodes(position: number, pattern: MixedPattern, captured: boolean): readonly RegexNode[] {
  const nodes: RegexNode[] = [];
  const { pieces } = pattern;
  let parameter = 0;
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index];
    if (piece === undefined) continue;
    if (piece.kind === 'literal') {
      nodes.push(literal(piece.text));
      continue;
    }
    const some = repeat(inSegment, 'someLazy');
    const taken = captured ? capture(mixedCapture(position, pattern.number, parameter), some) : some;
    parameter += 1;
    const next = pieces[index + 1];
    if (isLast(pieces, index)) nodes.push(taken, ...(next?.kind === 'literal' ? [literal(next.text)] : []));
    else nodes.push(atomic(taken, ...(next?.kind === 'literal' ? [literal(next.text)] : [])));
    if (next?.kind === 'literal') index += 1;
  }
  return nodes;
}

/** The last parameter and the literal behind it end where the segment ends, not at the first fit. */
function isLast(pieces: readonly Piece[], index: number): boolean {
  return pieces.slice(index + 1).every((piece) => piece.kind === 'literal');
}
