import { type NginxToken, quoted } from './quote.ts';

/** A regular expression as a tree: text is always literal, so nothing a document says can become syntax. */
export type RegexNode =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'class';
      readonly negated: boolean;
      /** ASCII characters, and ranges as [first, last]. */
      readonly members: readonly (string | readonly [string, string])[];
    }
  | { readonly kind: 'repeat'; readonly of: RegexNode; readonly times: Repetition }
  | { readonly kind: 'capture'; readonly name: string; readonly nodes: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly branches: readonly (readonly RegexNode[])[] }
  | { readonly kind: 'ahead' | 'notAhead' | 'atomic'; readonly nodes: readonly RegexNode[] }
  /** The text that a named capture matched, again; ASCII letters in any case where `ignoreCase`. */
  | { readonly kind: 'reference'; readonly name: string; readonly ignoreCase: boolean }
  | { readonly kind: 'start' | 'end' };

/** How often: `?`, `*`, `+`, lazy `+?`, possessive `*+` and `++` (no backtracking into them). */
export type Repetition =
  | 'optional'
  | 'any'
  | 'some'
  | 'someLazy'
  | 'anyLazy'
  | 'anyPossessive'
  | 'somePossessive'
  | { readonly atMost: number };

const repetitions: { readonly [R in Exclude<Repetition, object>]: string } = {
  optional: '?',
  any: '*',
  some: '+',
  someLazy: '+?',
  anyLazy: '*?',
  anyPossessive: '*+',
  somePossessive: '++',
};

export function literal(text: string): RegexNode {
  return { kind: 'literal', text };
}
export function anyOf(...members: readonly (string | readonly [string, string])[]): RegexNode {
  return { kind: 'class', negated: false, members };
}
export function noneOf(...members: readonly (string | readonly [string, string])[]): RegexNode {
  return { kind: 'class', negated: true, members };
}
export function repeat(of: RegexNode, times: Repetition): RegexNode {
  return { kind: 'repeat', of, times };
}
/** A named capture; the name becomes a variable of the request, so it begins with `gw_`. */
export function capture(name: string, ...nodes: readonly RegexNode[]): RegexNode {
  return { kind: 'capture', name, nodes };
}
export function choice(...branches: readonly (readonly RegexNode[])[]): RegexNode {
  return { kind: 'choice', branches };
}
/** What `name` captured before, byte for byte or, with `ignoreCase`, in any case. */
export function reference(name: string, ignoreCase = false): RegexNode {
  return { kind: 'reference', name, ignoreCase };
}
/** ASCII letters of the text in any case. */
export function anyCase(text: string): readonly RegexNode[] {
  return [...text].map((character) =>
    /[A-Za-z]/.test(character)
      ? anyOf(character.toLowerCase() + character.toUpperCase())
      : literal(character),
  );
}
/** What follows matches, and is not consumed. */
export function ahead(...nodes: readonly RegexNode[]): RegexNode {
  return { kind: 'ahead', nodes };
}
/** What follows does not match. */
export function notAhead(...nodes: readonly RegexNode[]): RegexNode {
  return { kind: 'notAhead', nodes };
}
/** Matched once, from the left; what follows never makes it try again. */
export function atomic(...nodes: readonly RegexNode[]): RegexNode {
  return { kind: 'atomic', nodes };
}
/** `\A` and `\z`: `$` would also match before a line feed at the end. */
export const start: RegexNode = { kind: 'start' };
export const end: RegexNode = { kind: 'end' };

/** The pattern alone, for `location ~ …` and `if ($x ~ …)`. Matches bytes; case-sensitive. */
export function regex(...nodes: readonly RegexNode[]): NginxToken<'regex'> {
  return quoted('regex', pattern(nodes));
}

/** A regex as the key of a map (`"~…"`). */
export function mapRegex(...nodes: readonly RegexNode[]): NginxToken<'mapKey'> {
  return quoted('mapKey', `~${pattern(nodes)}`);
}

/** The pattern in PCRE syntax. Every byte of literal text but letters, digits, `_` and `/` is `\xHH`. */
export function pattern(nodes: readonly RegexNode[]): string {
  return nodes.map(print).join('');
}

function print(node: RegexNode): string {
  switch (node.kind) {
    case 'literal':
      return [...bytes(node.text)].map(byte).join('');
    case 'class':
      if (node.members.join('') === '') throw new RangeError('A class of characters is not empty.');
      return `[${node.negated ? '^' : ''}${node.members.map(member).join('')}]`;
    case 'repeat':
      return `${single(node.of)}${times(node.times)}`;
    case 'capture':
      return `(?<${captureName(node.name)}>${pattern(node.nodes)})`;
    case 'reference': {
      const again = `\\k<${captureName(node.name)}>`;
      return node.ignoreCase ? `(?i:${again})` : again;
    }
    case 'atomic':
      return `(?>${pattern(node.nodes)})`;
    case 'choice':
      return `(?:${node.branches.map(pattern).join('|')})`;
    case 'ahead':
      return `(?=${pattern(node.nodes)})`;
    case 'notAhead':
      return `(?!${pattern(node.nodes)})`;
    case 'start':
      return '\\A';
    case 'end':
      return '\\z';
  }
}

function times(repetition: Repetition): string {
  if (typeof repetition !== 'object') return repetitions[repetition];
  if (!Number.isInteger(repetition.atMost) || repetition.atMost < 0 || repetition.atMost > 65_535) {
    throw new RangeError(`${repetition.atMost} is not a number of repetitions.`);
  }
  return `{0,${repetition.atMost}}`;
}

function captureName(name: string): string {
  if (!/^gw_[a-z0-9_]{1,29}$/.test(name)) throw new RangeError(`"${name}" is not the name of a capture.`);
  return name;
}

function single(node: RegexNode): string {
  return node.kind === 'class' || node.kind === 'choice' || node.kind === 'capture'
    ? print(node)
    : `(?:${print(node)})`;
}

function member(one: string | readonly [string, string]): string {
  if (typeof one !== 'string') {
    if (one[0] > one[1]) throw new RangeError(`The range from "${one[0]}" to "${one[1]}" is empty.`);
    return `${code(one[0])}-${code(one[1])}`;
  }
  return [...one].map(code).join('');
}

function code(character: string): string {
  if (character.length !== 1 || character > '\u007f')
    throw new RangeError('A class holds ASCII characters only.');
  return byte(character.charCodeAt(0));
}

function byte(value: number): string {
  const character = String.fromCharCode(value);
  return /[A-Za-z0-9_/]/.test(character) ? character : `\\x${value.toString(16).padStart(2, '0')}`;
}

function bytes(text: string): Uint8Array {
  if (/\p{Cs}/u.test(text)) throw new RangeError('Text with half a surrogate pair has no bytes.');
  return new TextEncoder().encode(text);
}
