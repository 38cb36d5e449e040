import type { BackendChoice, Route } from '../../../model/gateway.ts';
import { segmentCapture } from '../path/request-line.ts';
import type { ProxiedBackend } from '../proxied-backend.ts';
import type { MixedPattern, MixedSegments } from '../routing/mixed-pattern.ts';
import { isMixed } from '../routing/mixed-pattern.ts';
import { mixedCapture } from '../routing/mixed-view.ts';
import { type Piece, text, variable } from '../token.ts';

/** The path that a back end receives, and what the configuration must define for it. */
export interface UpstreamPath {
  readonly pieces: readonly Piece[];
  /** The number of leading segments of every `restVariable` in it. */
  readonly rest: readonly number[];
  /** Mixed patterns whose parameters it reads. */
  readonly captured: readonly MixedPattern[];
}

/** The path behind so many leading segments, without its slash. */
export function restVariable(segments: number): string {
  return `gw_rest_${segments}`;
}

/** Copies parameters raw from the request target, byte for byte (LANGUAGE.md: rewrite). */
export function upstreamPath(
  { target }: BackendChoice,
  route: Route,
  backend: ProxiedBackend,
  mixed: MixedSegments,
): UpstreamPath {
  if (target.kind === 'below') {
    const { baseSegments } = route;
    if (baseSegments === 0) {
      return { pieces: joined([text(backend.basePath), variable('gw_path')]), rest: [], captured: [] };
    }
    const pieces = [text(`${backend.basePath}/`), variable(restVariable(baseSegments))];
    return { pieces, rest: [baseSegments], captured: [] };
  }
  const sources = parameterSources(route, mixed);
  const used = target.pieces.value.flatMap((piece) =>
    piece.kind === 'parameter' ? [sources.get(piece.name)] : [],
  );
  const pieces = target.pieces.value.map((piece): Piece => {
    if (piece.kind === 'literal') return text(piece.text);
    const source = sources.get(piece.name);
    return source === undefined ? text('') : variable(source.variable);
  });
  return {
    pieces: joined([text(backend.basePath), ...pieces]),
    rest: used.flatMap((source) => (source?.rest === undefined ? [] : [source.rest])),
    captured: used.flatMap((source) => (source?.captured === undefined ? [] : [source.captured])),
  };
}

interface Source {
  readonly variable: string;
  readonly rest?: number;
  readonly captured?: MixedPattern;
}

function parameterSources({ segments }: Route, mixed: MixedSegments): ReadonlyMap<string, Source> {
  const sources = new Map<string, Source>();
  for (const [index, segment] of segments.entries()) {
    const position = index + 1;
    if (segment.kind === 'greedy') {
      sources.set(segment.name, { variable: restVariable(index), rest: index });
    } else if (isMixed(segment)) {
      const pattern = mixed.placeOf(position, segment)?.pattern;
      if (pattern === undefined) continue;
      const names = segment.pieces.flatMap((piece) => (piece.kind === 'parameter' ? [piece.name] : []));
      for (const [number, name] of names.entries()) {
        sources.set(name, { variable: mixedCapture(position, pattern.number, number), captured: pattern });
      }
    } else {
      const [piece] = segment.pieces;
      if (piece?.kind === 'parameter') sources.set(piece.name, { variable: segmentCapture(position) });
    }
  }
  return sources;
}

/** Without empty text. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.filter((piece) => piece.kind !== 'text' || piece.text !== '');
}
