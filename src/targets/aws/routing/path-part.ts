import type { Segment } from '../../../model/path.ts';

/**
 * What one segment becomes in the tree of resources. API Gateway has literal parts, variables that are a whole segment,
 * and a last greedy variable; every other segment is a variable whose value is checked in front of the back end.
 */
export type PathPart =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'variable';
      readonly greedy: boolean;
      /** Name in the document, where the segment is one parameter and nothing else. */
      readonly parameter: string | undefined;
      /** The value must be compared with the template: it is more than one parameter. */
      readonly checked: boolean;
    };

/**
 * API Gateway Developer Guide, "Amazon API Gateway important notes": path segments hold alphanumeric characters,
 * underscores, hyphens, periods, commas, colons and curly braces.
 */
const literalPart = /^[A-Za-z0-9_.,:-]+$/;

/** Undefined for a segment that no resource can stand for: the empty one behind a trailing slash. */
export function pathPart(segment: Segment): PathPart | undefined {
  if (segment.kind === 'greedy')
    return { kind: 'variable', greedy: true, parameter: segment.name, checked: false };
  const [first, ...more] = segment.pieces;
  if (first === undefined) return undefined;
  if (more.length > 0) return { kind: 'variable', greedy: false, parameter: undefined, checked: true };
  if (first.kind === 'parameter')
    return { kind: 'variable', greedy: false, parameter: first.name, checked: false };
  return literalPart.test(first.text)
    ? { kind: 'literal', text: first.text }
    : { kind: 'variable', greedy: false, parameter: undefined, checked: true };
}
