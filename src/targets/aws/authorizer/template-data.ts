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
 * A path template as a regular expression over the raw path. Parameters match lazily from the left, one or more
 * characters and no slash; a greedy one matches all of the rest.
 */
function pathPattern(segments: readonly Segment[]): Pick<TemplateData, 'pattern' | 'names'> {
  const names: string[] = [];
  const group = (name: string, matches: string): string => {
    names.push(name);
    return `(${matches})`;
  };
  const piece = (one: Piece): string =>
    one.kind === 'literal' ? literal(one.text) : group(one.name, '[^/]+?');
  const pattern = segments
    .map((segment) =>
      segment.kind === 'greedy' ? `/${group(segment.name, '.+')}` : `/${segment.pieces.map(piece).join('')}`,
    )
    .join('');
  return { pattern: `^${pattern}$`, names };
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
