import type { PathCharacter } from '../model/path.ts';

/**
 * What the path profile (BEHAVIOUR.md §2.2) says of a path. `relaxable`: it holds only characters that an operation
 * may allow in its parameters (`allowInPath`), and nothing else is wrong.
 */
export type PathVerdict =
  | { readonly kind: 'canonical' }
  | { readonly kind: 'relaxable'; readonly characters: readonly PathCharacter[] }
  | {
      readonly kind: 'refused' /** A clause about the target: `it has an empty segment`. */;
      readonly reason: string;
    };

/** Printable ASCII without `" # < > \ ^ ` { | }`: what a request target may hold at all. */
const targetBytes = /^[!$-;=?-[\]_a-z~]+$/;
const relaxable: ReadonlyMap<string, PathCharacter> = new Map([
  [';', ';'],
  ['%3B', '%3B'],
  ['%2F', '%2F'],
  ['%5C', '%5C'],
  ['%25', '%25'],
]);

/** Whether every byte of an origin-form request target, query included, may stand in one. */
export function hasTargetBytes(target: string): boolean {
  return targetBytes.test(target);
}

/** Path and raw query (undefined without a question mark) of an origin-form target. */
export function splitTarget(target: string): { readonly path: string; readonly query: string | undefined } {
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, query: undefined }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** Judges a raw path, which begins with a slash and holds target bytes only. */
export function judgePath(path: string): PathVerdict {
  if (!path.startsWith('/')) return refused('it does not begin with a slash');
  const characters = new Set<PathCharacter>();
  for (const [text, digits] of path.matchAll(/%([0-9A-Fa-f]{2})?/g)) {
    if (digits === undefined) return refused('it has a % that is not followed by two hex digits');
    const needless = needlessEscape(Number.parseInt(digits, 16));
    if (needless !== undefined) return refused(`it has ${text}, ${needless}`);
    const character = relaxable.get(text.toUpperCase());
    if (character !== undefined) characters.add(character);
  }
  if (path.includes(';')) characters.add(';');
  const reason = isUtf8(path) ? badSegment(path) : 'its escapes are not UTF-8';
  if (reason !== undefined) return refused(reason);
  return characters.size === 0
    ? { kind: 'canonical' }
    : { kind: 'relaxable', characters: [...characters].sort() };
}

function refused(reason: string): PathVerdict {
  return { kind: 'refused', reason };
}

/** Escapes of unreserved characters (RFC 3986 §2.3) and of control bytes are refused. */
function needlessEscape(byte: number): string | undefined {
  if (byte < 0x20 || byte === 0x7f) return 'an encoded control character';
  const character = String.fromCharCode(byte);
  return byte < 0x80 && /[A-Za-z0-9\-._~]/.test(character)
    ? `a needless encoding of "${character}"`
    : undefined;
}

function isUtf8(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * Empty segments but a last one, and dot segments; the latter also between encoded slashes and backslashes and in
 * front of path parameters (`..;x`), where back ends have found them.
 */
function badSegment(path: string): string | undefined {
  const segments = path.slice(1).split('/');
  if (segments.slice(0, -1).includes('')) return 'it has an empty segment';
  const parts = segments
    .flatMap((segment) => segment.split(/%2F|%5C/i))
    .map((part) => part.split(/;|%3B/i, 1)[0]);
  const dots = parts.find((part) => part === '.' || part === '..');
  return dots === undefined ? undefined : `it has a "${dots}" segment`;
}
