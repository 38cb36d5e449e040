import { claimAt, isList, type JsonValue, scalarText } from '../policy/index.ts';
import type { Identity } from './identity.ts';

/** Header → value for every fact that the winning alternative's authenticators forward; the first that has one wins. */
export function forwardedFacts(identities: readonly Identity[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const identity of identities) {
    for (const { header, fact } of identity.authenticator.forward) {
      const value = headerText(
        fact.kind === 'subject' ? identity.subject : claimAt(identity.claims, fact.claim),
      );
      const name = header.toLowerCase();
      if (value !== undefined && value !== '' && !values.has(name)) values.set(name, value);
    }
  }
  return values;
}

/** Log field `subject`: who the first identity of the winning alternative is. */
export function subjectText([first]: readonly Identity[]): string | undefined {
  return headerText(first?.subject);
}

/** A claim as a header value (LANGUAGE.md §4); undefined when it is missing or cannot be one. */
function headerText(value: JsonValue | undefined): string | undefined {
  if (!isList(value)) {
    const text = scalarText(value);
    return text === undefined ? undefined : percentEncode(text, /[^\x20-\x24\x26-\x7e]/gu);
  }
  const items = value.map((item) =>
    typeof item === 'string' ? percentEncode(item, /[^\x20-\x24\x26-\x2b\x2d-\x7e]/gu) : undefined,
  );
  return items.every((item) => item !== undefined) ? items.join(',') : undefined;
}

/**
 * As UTF-8; also a space at either end, which is no part of a field value (RFC 9110 §5.5) and would make two names
 * one. Strict JSON holds no half surrogate pairs, so every character has a UTF-8 form.
 */
function percentEncode(text: string, unsafe: RegExp): string {
  return text
    .replace(unsafe, (character) => (character === ',' ? '%2C' : encodeURIComponent(character)))
    .replace(/^ | $/g, '%20');
}
