import type { PathCharacter } from '../../../model/path.ts';
import { anyOf, choice, end, literal, noneOf, notAhead, type RegexNode, repeat } from '../token/regex.ts';

/**
 * The path profile (BEHAVIOUR.md §2.2) as a regular expression without backtracking: segments of raw characters and of
 * escapes that are needed, whose bytes are well-formed UTF-8 (RFC 3629); no empty segment but a last one, no dot
 * segment. `allowed`: characters that some operation's parameters may carry besides.
 */
export function profilePath(allowed: readonly PathCharacter[] = []): readonly RegexNode[] {
  const characters = repeat(
    choice([repeat(rawCharacter(allowed), 'somePossessive')], ...escapes(allowed)),
    'somePossessive',
  );
  const segment = choice([literal('/'), notDotSegment, characters]);
  return [repeat(segment, 'anyPossessive'), repeat(literal('/'), 'optional')];
}

/** Printable ASCII without `" # < > \ ^ `` ` `` { | }`: what a request target may hold at all. */
export const targetCharacter: RegexNode = anyOf('!', ['$', ';'], '=', ['?', '['], ']_', ['a', 'z'], '~');

/** Ends a segment where back ends have been seen to end it: also encoded slashes and path parameters. */
const segmentEnd: RegexNode = choice(
  [anyOf('/?; ')],
  [literal('%2'), anyOf('Ff')],
  [literal('%5'), anyOf('Cc')],
  [literal('%3'), anyOf('Bb')],
  [end],
);

const notDotSegment: RegexNode = notAhead(literal('.'), repeat(literal('.'), 'optional'), segmentEnd);

function rawCharacter(allowed: readonly PathCharacter[]): RegexNode {
  const semicolon = allowed.includes(';') ? [';'] : [];
  return anyOf("!$&'()*+,-.", ['0', '9'], ':=@', ['A', 'Z'], '[]_', ['a', 'z'], '~', ...semicolon);
}

const hex: RegexNode = anyOf(['0', '9'], ['A', 'F'], ['a', 'f']);
const continuation: readonly RegexNode[] = [literal('%'), anyOf('89ABab'), hex];

/** Escapes by the number of bytes of the character: ASCII that needs one, then RFC 3629 §4 row by row. */
function escapes(allowed: readonly PathCharacter[]): readonly (readonly RegexNode[])[] {
  return [
    [literal('%'), choice(...asciiDigits(allowed))],
    ...encodedSeparators(allowed),
    [
      literal('%'),
      choice([anyOf('Cc'), anyOf(['2', '9'], ['A', 'F'], ['a', 'f'])], [anyOf('Dd'), hex]),
      ...continuation,
    ],
    [literal('%'), anyOf('Ee'), choice(...threeByteStarts), hex, ...continuation],
    [literal('%'), anyOf('Ff'), choice(...fourByteStarts), hex, ...continuation, ...continuation],
  ];
}

function asciiDigits(allowed: readonly PathCharacter[]): readonly (readonly RegexNode[])[] {
  const percent = allowed.includes('%25') ? ['5'] : [];
  const semicolon = allowed.includes('%3B') ? ['Bb'] : [];
  return [
    [literal('2'), anyOf(['0', '4'], ['6', '9'], ['A', 'C'], ['a', 'c'], ...percent)],
    [literal('3'), anyOf('Aa', ['C', 'F'], ['c', 'f'], ...semicolon)],
    [literal('5'), anyOf('BbDdEe')],
    [anyOf('46'), literal('0')],
    [literal('7'), anyOf(['B', 'D'], ['b', 'd'])],
  ];
}

/** An allowed encoded slash or backslash, behind which a dot segment stays refused. */
function encodedSeparators(allowed: readonly PathCharacter[]): readonly (readonly RegexNode[])[] {
  return [
    ...(allowed.includes('%2F') ? [[literal('%2'), anyOf('Ff'), notDotSegment]] : []),
    ...(allowed.includes('%5C') ? [[literal('%5'), anyOf('Cc'), notDotSegment]] : []),
  ];
}

const threeByteStarts: readonly (readonly RegexNode[])[] = [
  [literal('0%'), anyOf('ABab')],
  [anyOf(['1', '9'], 'ABCEFabcef'), literal('%'), anyOf('89ABab')],
  [anyOf('Dd'), literal('%'), anyOf('89')],
];

const fourByteStarts: readonly (readonly RegexNode[])[] = [
  [literal('0%'), anyOf('9ABab')],
  [anyOf(['1', '3']), literal('%'), anyOf('89ABab')],
  [literal('4%8')],
];

/** Any character of a segment. */
export const inSegment: RegexNode = noneOf('/');
