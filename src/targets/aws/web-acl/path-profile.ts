import type { PathCharacter } from '../../../model/path.ts';

/**
 * The path profile (BEHAVIOUR.md §2.2) for the engine of AWS WAF, which has neither possessive quantifiers nor captures
 * and dislikes nested repetition (AWS WAF Developer Guide, "Supported regular expression syntax in AWS WAF"): one loop
 * over characters that may stand there at all, and a second expression for segments that may not. `allowed`: characters
 * that parameters of an operation may carry besides.
 */
export function allowedCharacters(allowed: readonly PathCharacter[] = []): string {
  const has = (character: PathCharacter, text: string): string => (allowed.includes(character) ? text : '');
  const raw = `[!$&-/0-:=@-Z\\[\\]_a-z~${has(';', ';')}]`;
  const ascii = [
    `2[0-46-9A-Ca-c${has('%25', '5')}${has('%2F', 'Ff')}]`,
    `3[AC-Fac-f${has('%3B', 'Bb')}]`,
    `5[BDEbde${has('%5C', 'Cc')}]`,
    '[46]0',
    '7[B-Db-d]',
  ];
  const wide = [
    `(?:[Cc][2-9A-Fa-f]|[Dd]${hex})${continuation}`,
    `[Ee](?:0%[ABab]|[1-9A-CEFa-cef]%[89ABab]|[Dd]%[89])${hex}${continuation}`,
    `[Ff](?:0%[9ABab]|[1-3]%[89ABab]|4%8)${hex}${continuation}${continuation}`,
  ];
  return `^(?:${raw}|%(?:${[...ascii, ...wide].join('|')}))*$`;
}

const hex = '[0-9A-Fa-f]';
const continuation = `%[89ABab]${hex}`;

/** Empty segments and dot segments, also where some back end would end a segment: behind encoded slashes, before `;`. */
export const refusedSegments = '//|(?:/|%2[Ff]|%5[Cc])\\.\\.?(?:[/;]|%2[Ff]|%5[Cc]|%3[Bb]|$)';
