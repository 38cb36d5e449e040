import type { Piece, Segment } from '../../../model/path.ts';
import { pathPart } from '../routing/path-part.ts';
import type { TemplateData } from './authorizer-data.ts';
import type { ServedOperation } from './served-operation.ts';

/** How request paths of an operation must look. */
export function templateData({ operation, resourcePath, segments }: ServedOperation): TemplateData {
  const characters = operation.features.pathCharacters?.value.characters ?? [];
  return { ...pathPattern(segments), variables: variablesOf(resourcePath, segments.length), characters };
}

/**
 * A path template as a regular expression over the raw path. Each parameter takes as few characters as possible from the
 * left, at least one; no text makes the engine try a second way: what a parameter took in front of literal text is settled
 * by a look ahead, behind which nothing is tried again.
 */
function pathPattern(segments: readonly Segment[]): Pick<TemplateData, 'pattern' | 'names'> {
  const names: string[] = [];
  const pattern = segments
    .map((segment) =>
      segment.kind === 'greedy'
        ? `/${group(segment.name, '.+', names)}`
        : `/${segmentPattern(segment.pieces, names)}`,
    )
    .join('');
  return { pattern: `^${pattern}$`, names };
}

function segmentPattern(pieces: readonly Piece[], names: string[]): string {
  const lastParameter = pieces.map(({ kind }) => kind).lastIndexOf('parameter');
  return pieces
    .map((piece, index) => {
      if (piece.kind === 'literal') return literal(piece.text);
      const next = pieces[index + 1];
      if (next === undefined) return group(piece.name, '[^/]+', names);
      if (next.kind === 'parameter') return group(piece.name, '[^/]', names);
      // The text at the end of a segment is the one that nothing follows.
      const follows = `${literal(next.text)}${index === lastParameter ? '(?![^/])' : ''}`;
      return `(?=${group(piece.name, '[^/]+?', names)}${follows})(?:\\${names.length})`;
    })
    .join('');
}

function group(name: string, matches: string, names: string[]): string {
  names.push(name);
  return `(${matches})`;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function variablesOf(resourcePath: string, count: number): TemplateData['variables'] {
  const parts = resourcePath.slice(1).split('/');
  return parts.flatMap((part, index): TemplateData['variables'] => {
    const [, name, greedy] = /^\{([^{}+]+)(\+?)\}$/.exec(part) ?? [];
    if (name === undefined) return [];
    const segment = count - parts.length + index;
    return [greedy === '+' ? [name, segment, true] : [name, segment]];
  });
}

/** Whether a request path has anything that a client chooses. */
export function hasParameters(segments: readonly Segment[]): boolean {
  return segments.some(
    (segment) => segment.kind === 'greedy' || segment.pieces.some(({ kind }) => kind === 'parameter'),
  );
}

/**
 * Whether a segment is a variable of API Gateway that the document says more of: literal text together with parameters
 * (`{Sid}.json`), or text that no resource can have.
 */
export function hasMixedSegment(segments: readonly Segment[]): boolean {
  return segments.map(pathPart).some((part) => part?.kind === 'variable' && part.checked);
}
