import type { PathCharacter } from '../model/path.ts';

/**
 * What the path profile (BEHAVIOUR.md §2.2) says of a path. `relaxable`: it holds only characters that an operation
 * may allow in its parameters (`allowInPath`), and nothing else is wrong.
 */
export type PathVerdict =
  | { readonly kind: 'canonical' }
  | { readonly kind: 'relaxable'; readonly characters: readonly PathCharacter[] }
  | { readonly kind: 'refused' };

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
  if (!path.startsWith('/') || !hasTargetBytes(path) || path.includes('?')) return { kind: 'refused' };
  const characters = new Set<PathCharacter>();
  for (const [text, digits] of path.matchAll(/%([0-9A-Fa-f]{2})?/g)) {
    if (digits === undefined || isNeedless(Number.parseInt(digits, 16))) return { kind: 'refused' };
    const character = relaxable.get(text.toUpperCase());
    if (character !== undefined) characters.add(character);
  }
  if (path.includes(';')) characters.add(';');
  if (!isUtf8(path) || hasBadSegment(path)) return { kind: 'refused' };
  return characters.size === 0
    ? { kind: 'canonical' }
    : { kind: 'relaxable', characters: [...characters].sort() };
}

/** Escapes of unreserved characters (RFC 3986 §2.3) and of control bytes are refused. */
function isNeedless(byte: number): boolean {
  return (
    byte < 0x20 || byte === 0x7f || /[A-Za-z0-9\-._~]/.test(byte < 0x80 ? String.fromCharCode(byte) : '%')
  );
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
function hasBadSegment(path: string): boolean {
  const segments = path.slice(1).split('/');
  if (segments.slice(0, -1).includes('')) return true;
  return segments
    .flatMap((segment) => segment.split(/%2F|%5C/i))
    .map((part) => part.split(/;|%3B/i, 1)[0])
    .some((part) => part === '.' || part === '..');
}
