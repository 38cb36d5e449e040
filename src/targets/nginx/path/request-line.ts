import type { PathCharacter } from '../../../model/path.ts';
import {
  ahead,
  anyCase,
  anyOf,
  capture,
  choice,
  end,
  literal,
  mapRegex,
  noneOf,
  type RegexNode,
  reference,
  repeat,
  start,
} from '../token/regex.ts';
import { interpolated, type Piece, text, variable } from '../token.ts';
import { profilePath, targetCharacter } from './profile.ts';

/**
 * The view of the two maps that read the request line: the path profile, the path and the query as sent, and the
 * segments, all in one match. The value counts slashes: `//.` for two segments, `//./` for two and a slash at the end,
 * something else for more segments than any template has, and nothing for a target that is refused.
 */
export function requestLineView(depth: number, allowed: readonly PathCharacter[]) {
  return {
    origin: mapRegex(start, method, literal(' '), ...target(allowed, [end]), ...segments(depth)),
    // RFC 9112 §3.2.2: the authority of an absolute target must be that of the Host field.
    absolute: mapRegex(
      start,
      method,
      literal(' '),
      ...anyCase('http'),
      repeat(choice(anyCase('s')), 'optional'),
      literal('://'),
      capture('gw_authority', repeat(noneOf('/?# \n'), 'somePossessive')),
      ...target(allowed, [literal('\n'), reference('gw_authority', true), end]),
      ...segments(depth),
    ),
    count: interpolated(...countPieces(depth)),
  };
}

/** Name of the capture of a segment, counted from 1. */
export function segmentCapture(position: number): string {
  return `gw_s${position}`;
}

const method: RegexNode = repeat(anyOf(['A', 'Z'], '_-'), 'somePossessive');
const inRequestLine: RegexNode = repeat(noneOf('/? '), 'somePossessive');

/** Path, query and version as a lookahead, so that the path can be read a second time segment by segment. */
function target(allowed: readonly PathCharacter[], last: readonly RegexNode[]): readonly RegexNode[] {
  const query = choice([literal('?'), capture('gw_args', repeat(targetCharacter, 'anyPossessive'))]);
  return [
    ahead(
      ahead(literal('/')),
      capture('gw_path', ...profilePath(allowed)),
      capture('gw_query', repeat(query, 'optional')),
      literal(' HTTP/'),
      repeat(anyOf(['0', '9'], '.'), 'somePossessive'),
      ...last,
    ),
  ];
}

/** As many segments as the longest template has, one inside the other; what is left tells that there are more. */
function segments(depth: number): readonly RegexNode[] {
  return [
    ...nested(1, depth),
    repeat(choice([capture('gw_more', literal('/'), inRequestLine)]), 'optional'),
    repeat(choice([literal('/'), inRequestLine]), 'anyPossessive'),
    repeat(choice([capture('gw_slash', literal('/'))]), 'optional'),
    anyOf(' ?'),
  ];
}

function nested(position: number, depth: number): readonly RegexNode[] {
  if (position > depth) return [];
  return [
    repeat(
      choice([
        capture(`gw_t${position}`, literal('/')),
        capture(segmentCapture(position), inRequestLine),
        ...nested(position + 1, depth),
      ]),
      'optional',
    ),
  ];
}

function countPieces(depth: number): readonly Piece[] {
  const slashes = Array.from({ length: depth }, (_, index) => variable(`gw_t${index + 1}`));
  return [...slashes, text('.'), variable('gw_slash'), variable('gw_more')];
}

/** The value of the count for a path of that many segments. */
export function countText(segmentCount: number, slash: boolean): string {
  return `${'/'.repeat(segmentCount)}.${slash ? '/' : ''}`;
}
