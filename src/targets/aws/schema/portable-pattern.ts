/**
 * The white space of ECMA-262 (`\s`), which is more than that of Java; written out it means the same in both.
 */
const spaces = '\\x09-\\x0d\\x20\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff';
const anyCharacter = '[\\d\\D]';
/** Without a flag, `$` of Java also matches before a line terminator at the end of the text. */
const end = `(?!${anyCharacter})`;
/** `.` of Java does not match U+0085 either. */
const dot = '[^\\n\\r\\u2028\\u2029]';
const syntax = new Set('^$\\.*+?()[]{}|/');

/** Where the pattern cannot be carried over; never leaves this module. */
class Unportable extends Error {}

/**
 * A pattern that ECMA-262 and `java.util.regex` read as JSON Schema means the given one: found anywhere, by code point,
 * no flags. Which engine API Gateway has is documented nowhere, so that what the two understand differently is written
 * out, and what cannot be (back references, look-behind, word boundaries, Unicode properties) has no portable pattern.
 */
export function portablePattern(source: string): string | undefined {
  try {
    const reader = { characters: [...source], at: 0 };
    const text = disjunction(reader);
    return reader.at < reader.characters.length ? undefined : text;
  } catch (error) {
    if (error instanceof Unportable) return undefined;
    throw error;
  }
}

interface Reader {
  readonly characters: readonly string[];
  at: number;
}

const peek = (reader: Reader, ahead = 0): string | undefined => reader.characters[reader.at + ahead];

function take(reader: Reader): string {
  const character = reader.characters[reader.at++];
  if (character === undefined || /[\ud800-\udfff]/u.test(character)) throw new Unportable();
  return character;
}

function disjunction(reader: Reader): string {
  let text = alternative(reader);
  while (peek(reader) === '|') text += take(reader) + alternative(reader);
  return text;
}

function alternative(reader: Reader): string {
  let text = '';
  for (let next = peek(reader); next !== undefined && next !== '|' && next !== ')'; next = peek(reader)) {
    text += term(reader);
  }
  return text;
}

function term(reader: Reader): string {
  const first = take(reader);
  if (first === '^') return first;
  if (first === '$') return end;
  if (first === '(') return group(reader);
  if ('*+?'.includes(first)) throw new Unportable();
  return atom(first, reader) + quantifier(reader);
}

function atom(first: string, reader: Reader): string {
  switch (first) {
    case '.':
      return dot;
    case '[':
      return characterClass(reader);
    case '\\':
      return escapeSequence(take(reader), reader);
    default:
      return literal(first);
  }
}

function group(reader: Reader): string {
  let open = '(';
  let isAssertion = false;
  if (peek(reader) === '?') {
    const kind = peek(reader, 1) ?? '';
    reader.at += 2;
    isAssertion = kind === '=' || kind === '!';
    // `(?<name>`: names serve back references only, and Java has fewer of them. `(?<=`, `(?<!`, `(?i)` are not carried over.
    if (kind === '<' && /^[\p{L}_$]$/u.test(peek(reader) ?? '')) {
      while (take(reader) !== '>');
    } else if (kind === ':' || isAssertion) {
      open = `(?${kind}`;
    } else {
      throw new Unportable();
    }
  }
  const text = `${open}${disjunction(reader)}`;
  if (take(reader) !== ')') throw new Unportable();
  // A quantified assertion is an error in the one and not in the other: what follows would begin with a quantifier.
  return isAssertion ? `${text})` : `${text})${quantifier(reader)}`;
}

function quantifier(reader: Reader): string {
  const rest = reader.characters.slice(reader.at, reader.at + 16).join('');
  const [text, low, high] = /^(?:[*+?]|\{(\d{1,5})(?:,(\d{0,5}))?\})\??/.exec(rest) ?? [''];
  if (text === '') return '';
  if (high && Number(low) > Number(high)) throw new Unportable();
  reader.at += text.length;
  // One more would be possessive in Java.
  if (/^[*+?]|^\{\d/.test(peek(reader) ?? '')) throw new Unportable();
  return text;
}

function escapeSequence(kind: string, reader: Reader): string {
  if (kind === 's') return `[${spaces}]`;
  if (kind === 'S') return `[^${spaces}]`;
  if ('dDwW'.includes(kind)) return `\\${kind}`;
  return literal(escapedCharacter(kind, reader));
}

/** The character that an escape stands for in and outside a class. */
function escapedCharacter(kind: string, reader: Reader): string {
  const control = { t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' }[kind];
  if (control !== undefined) return control;
  if (kind === '0' && !/^\d/.test(peek(reader) ?? '')) return '\0';
  if (kind === 'x' || kind === 'u') {
    const digits = reader.characters.slice(reader.at, reader.at + (kind === 'x' ? 2 : 4)).join('');
    if (!/^(?:[0-9a-f]{2}|[0-9a-f]{4})$/i.test(digits) || digits.length !== (kind === 'x' ? 2 : 4)) {
      throw new Unportable();
    }
    if (/^d[89a-f]/i.test(digits) && kind === 'u') throw new Unportable();
    reader.at += digits.length;
    return String.fromCodePoint(Number.parseInt(digits, 16));
  }
  if (/^[A-Za-z0-9]$/.test(kind)) throw new Unportable();
  return kind;
}

/** A character as itself, outside a class. */
function literal(character: string): string {
  if (syntax.has(character)) return `\\${character}`;
  return isControl(character) ? code(character) : character;
}

const isControl = (character: string): boolean => character < ' ' || character === '\x7f';
const code = (character: string): string =>
  `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;

function characterClass(reader: Reader): string {
  let open = '[';
  if (peek(reader) === '^') open += take(reader);
  if (peek(reader) === ']') throw new Unportable();
  let text = '';
  const sets = new Set<string>();
  while (peek(reader) !== ']') {
    const low = member(reader, sets);
    if (peek(reader) !== '-' || peek(reader, 1) === ']') {
      text += low.text;
      continue;
    }
    reader.at += 1;
    const high = member(reader, sets);
    // Beside a set, `-` is itself (ECMA-262, Annex B).
    if (low.point === undefined || high.point === undefined) {
      text += `${low.text}${code('-')}${high.text}`;
      continue;
    }
    if (low.point > high.point) throw new Unportable();
    text += `${low.text}-${high.text}`;
  }
  reader.at += 1;
  if (!sets.has('S')) return `${open}${text}]`;
  // `[\s\S]`, a common way to say any character; alone, the complement of a list cannot stand in a class.
  if (!sets.has('s')) throw new Unportable();
  return `${open}${text}\\d\\D]`;
}

interface Member {
  readonly text: string;
  /** `undefined` for a set, which no range begins or ends with. */
  readonly point: number | undefined;
}

function member(reader: Reader, sets: Set<string>): Member {
  let character = take(reader);
  if (character === '\\') {
    const kind = take(reader);
    if ('sSdDwW'.includes(kind)) {
      sets.add(kind);
      return { text: kind === 's' ? spaces : kind === 'S' ? '' : `\\${kind}`, point: undefined };
    }
    character = kind === 'b' ? '\b' : escapedCharacter(kind, reader);
  }
  // Java reads `[` and `&&` in a class: every ASCII character that is neither letter nor digit goes by its code.
  const isPlain = character > '\x7f' || /^[A-Za-z0-9]$/.test(character);
  return { text: isPlain ? character : code(character), point: character.codePointAt(0) };
}
