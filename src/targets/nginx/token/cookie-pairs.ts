import { anyOf, capture, choice, literal, noneOf, notAhead, type RegexNode, repeat } from './regex.ts';

/*
 * Regular expressions over a whole Cookie header (RFC 6265 §4.2.1), without backtracking: what a client writes decides
 * neither how long they take nor, by a limit that is met, whether they match.
 */

export const cookieBlank: RegexNode = repeat(anyOf(' \t'), 'anyPossessive');

/** The name with its equals sign, as a pair begins. */
export function cookieStart(name: string): RegexNode {
  return literal(`${name}=`);
}

/** Text up to the next semicolon, if any. */
export const cookieText: RegexNode = repeat(noneOf(';'), 'anyPossessive');

/** Pairs that are not of the name, each behind a semicolon. */
function otherPairsBehind(name: string): RegexNode {
  return repeat(choice([literal(';'), ...otherPair(name)]), 'anyPossessive');
}

/** Pairs that are not of the name, each with a semicolon behind it. */
export function otherPairsAhead(name: string): RegexNode {
  return repeat(choice([...otherPair(name), literal(';')]), 'anyPossessive');
}

/** One pair or more, none of them of the name. */
export function otherPairs(name: string): readonly RegexNode[] {
  return [...otherPair(name), otherPairsBehind(name)];
}

/** The only pair of the name between others; its value is captured, blanks included. */
export function onlyPair(name: string, value: string): readonly RegexNode[] {
  return [
    otherPairsAhead(name),
    cookieBlank,
    cookieStart(name),
    capture(value, cookieText),
    otherPairsBehind(name),
  ];
}

function otherPair(name: string): readonly RegexNode[] {
  return [notAhead(cookieBlank, cookieStart(name)), cookieText];
}
