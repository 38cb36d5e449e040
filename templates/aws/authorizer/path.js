/*
 * Paths of requests. What API Gateway hands to a back end is made of what it understood; a path that could be understood
 * in another way is refused, never repaired.
 */

/** Printable ASCII without `" # < > \ ^ ` { | }`, from which a path is made. */
const pathBytes = /^\/[!$-;=@-[\]_a-z~]*$/;
/** Characters that only operations which allow them may receive. */
const relaxable = [';', '%3B', '%2F', '%5C', '%25'];

/** Whether a raw path is canonical, but for the characters that the operation allows in its parameters. */
export function isCanonical(path, allowed) {
  if (!pathBytes.test(path)) return false;
  for (const [text, digits] of path.matchAll(/%([0-9A-Fa-f]{2})?/g)) {
    const byte = Number.parseInt(digits, 16);
    if (digits === undefined || byte < 0x20 || byte === 0x7f || isUnreserved(byte)) return false;
    if (relaxable.includes(text.toUpperCase()) && !allowed.includes(text.toUpperCase())) return false;
  }
  if (path.includes(';') && !allowed.includes(';')) return false;
  return decoded(path) !== undefined && !hasBadSegment(path);
}

function isUnreserved(byte) {
  return byte < 0x80 && /[A-Za-z0-9\-._~]/.test(String.fromCharCode(byte));
}

/** Empty segments but a last one, and dot segments, also where back ends have been seen to find them. */
function hasBadSegment(path) {
  const segments = path.slice(1).split('/');
  return (
    segments.slice(0, -1).includes('') ||
    segments
      .flatMap((segment) => segment.split(/%2F|%5C/i))
      .some((part) => /^\.{1,2}$/.test(part.split(/;|%3B/i)[0]))
  );
}

/** Decodes each escape once, as UTF-8; undefined when an escape is broken or the bytes are not UTF-8. */
export function decoded(raw) {
  try {
    return decodeURIComponent(raw);
  } catch {
    return undefined;
  }
}

/**
 * The raw parameters of a path by the document's names, as the operation's template finds them; undefined where the path
 * does not match it, or where API Gateway has found something else in the segments of its own variables.
 * template: {pattern, names, variables: [[name, segment, isGreedy], …]}.
 */
export function parametersOf(path, { pattern, names, variables }, understood) {
  const match = new RegExp(pattern).exec(path);
  if (match === null) return undefined;
  const segments = path.slice(1).split('/');
  const agree = variables.every(([name, index, isGreedy]) => {
    const raw = isGreedy ? segments.slice(index).join('/') : segments[index];
    return understood?.[name] === raw || understood?.[name] === decoded(raw);
  });
  return agree ? new Map(names.map((name, index) => [name, match[index + 1]])) : undefined;
}
