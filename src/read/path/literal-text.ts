/** A literal brought to the form in which it stands in a request target, or why no canonical target can hold it. */
export type LiteralText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: string };

/** What stands in a request target as it is. */
const canonical = /^[A-Za-z0-9\-._~!$&'()*+,=:@]*$/;
const unreserved = /^[A-Za-z0-9\-._~]$/;
/** Printable ASCII that a canonical path never holds raw (RFC 3986 §3.3 `pchar` leaves these out). */
const escapedCharacters = new Set([...' "<>^`|{}']);
const refused = new Map([
  ['\\', 'a backslash'],
  [';', 'a semicolon'],
  ['/', 'an encoded slash'],
  ['%', 'an encoded percent sign'],
]);
const escaped = /%([0-9A-Fa-f]{2})/y;

/**
 * Canonical raw bytes of literal path text (RFC 3986 §6.2.2: escapes of unreserved bytes are decoded, others get upper
 * case digits, bytes that may not stand raw are escaped as UTF-8). Text without slashes, `?` and `#` is expected.
 * Fails for what the path profile refuses in every request (BEHAVIOUR.md §2.2), so that no route can be dead.
 */
export function literalText(written: string): LiteralText {
  if (canonical.test(written)) return { ok: true, text: written };
  let text = '';
  for (let index = 0; index < written.length; ) {
    if (written[index] === '%') {
      const run = escapeRun(written, index);
      const decoded =
        run.end === index ? fail('a % that is not followed by two hex digits') : escapes(run.bytes);
      if (!decoded.ok) return decoded;
      text += decoded.text;
      index = run.end;
      continue;
    }
    const character = String.fromCodePoint(written.codePointAt(index) ?? 0);
    const encoded = raw(character);
    if (!encoded.ok) return encoded;
    text += encoded.text;
    index += character.length;
  }
  return { ok: true, text };
}

function raw(character: string): LiteralText {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return fail('a control character');
  if (code >= 0xd800 && code <= 0xdfff) return fail('an unpaired surrogate');
  const reason = refused.get(character);
  if (reason !== undefined) return fail(reason);
  return {
    ok: true,
    text: code > 0x7f || escapedCharacters.has(character) ? encodeURIComponent(character) : character,
  };
}

/** All escapes from `start` on, up to the first character that is none. */
function escapeRun(written: string, start: number): { readonly bytes: number[]; readonly end: number } {
  const bytes: number[] = [];
  let end = start;
  for (;;) {
    escaped.lastIndex = end;
    const found = escaped.exec(written);
    if (found === null) return { bytes, end };
    bytes.push(Number.parseInt(found[1] ?? '', 16));
    end += 3;
  }
}

function escapes(bytes: readonly number[]): LiteralText {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    return fail('escapes that are not UTF-8');
  }
  let text = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    if (byte < 0x20 || byte === 0x7f) return fail('an encoded control character');
    const reason = refused.get(character);
    if (reason !== undefined) return fail(reason);
    text += unreserved.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return { ok: true, text };
}

function fail(problem: string): LiteralText {
  return { ok: false, problem };
}
