import { parsePointer } from './pointer.ts';

/** What a reference asks for, judged by its text alone. */
export type Reference =
  | { readonly kind: 'local'; readonly pointer: readonly string[] }
  /** `path` is relative, with forward slashes, percent-decoded. */
  | { readonly kind: 'file'; readonly path: string; readonly pointer: readonly string[] }
  /** It tries to leave what may be read: always an error. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It is no pointer into a YAML or JSON file: an error only for whoever follows it. */
  | { readonly kind: 'unsupported'; readonly reason: string };

/** Extensions of files that may be referred to. */
const extension = /\.(?:ya?ml|json)$/i;

/** As `parseReference`; a text that thousands of files share is judged once. */
export function referenceParser(): (text: string) => Reference {
  const known = new Map<string, Reference>();
  return (text) => {
    let found = known.get(text);
    if (found === undefined) {
      found = parseReference(text);
      known.set(text, found);
    }
    return found;
  };
}

/**
 * Parses the text of a `$ref`: `#`, `#/…` (RFC 6901 §6) or a relative path with such a fragment. Everything that has a
 * scheme, an authority, an absolute path or a hidden separator is refused before any file is touched.
 */
export function parseReference(text: string): Reference {
  const hash = text.indexOf('#');
  const path = hash < 0 ? text : text.slice(0, hash);
  if (path !== '') {
    const refused = refusePath(path);
    if (refused !== undefined) return { kind: 'refused', reason: refused };
  }
  const pointer = parseFragment(hash < 0 ? '' : text.slice(hash + 1));
  if (path === '') {
    if (text === '') return { kind: 'unsupported', reason: 'it is empty' };
    return typeof pointer === 'string'
      ? { kind: 'unsupported', reason: pointer }
      : { kind: 'local', pointer };
  }
  const decoded = decode(path);
  if (decoded === undefined) return { kind: 'unsupported', reason: 'its percent-encoding is malformed' };
  if (!extension.test(decoded)) {
    return { kind: 'unsupported', reason: 'its extension is none of .yaml, .yml and .json' };
  }
  return typeof pointer === 'string'
    ? { kind: 'unsupported', reason: pointer }
    : { kind: 'file', path: decoded, pointer };
}

/** May a file of this name be referred to? */
export function hasReadableExtension(path: string): boolean {
  return extension.test(path);
}

function refusePath(path: string): string | undefined {
  if (/^[^\S ]|^ | $|[^\S ]$/.test(path)) return 'it begins or ends with white space';
  if (/[\u0000-\u001f\u007f-\u009f]/.test(path)) return 'it holds a control character';
  if (path.includes('\\')) return 'it holds a backslash';
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(path)) return 'it has a scheme, and nothing is read from the network';
  if (path.startsWith('//')) return 'it names a host, and nothing is read from the network';
  if (path.startsWith('/')) return 'its path is absolute';
  if (/%(?:2f|5c|2e|25|0[0-9a-f]|1[0-9a-f]|7f)/i.test(path)) {
    return 'it hides a separator, a dot or a control character in percent-encoding';
  }
  if (
    /[\u2024-\u2026\u2044\u2215\u29f5\u29f8\ufe52\ufe68\uff0e\uff0f\uff3c\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]/.test(
      path,
    )
  ) {
    return 'it holds a character that looks like a separator or is invisible';
  }
  return undefined;
}

function parseFragment(fragment: string): readonly string[] | string {
  const decoded = decode(fragment);
  if (decoded === undefined) return 'its percent-encoding is malformed';
  if (decoded !== '' && !decoded.startsWith('/')) return 'its fragment is not a JSON pointer';
  return parsePointer(decoded) ?? 'its fragment is not a JSON pointer ("~" is written "~0")';
}

function decode(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
