import type { Operand } from '../model/policy.ts';
import { claimAt, type JsonObject, type JsonValue } from './claims.ts';

/** What an operand is at run time: text of the request, or JSON of a token or the document; undefined when missing. */
export type OperandValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'json'; readonly value: JsonValue }
  | undefined;

/** Everything of a request that a comparison may read. */
export interface RequestValues {
  /** Claims of the identity; undefined when there is none. */
  readonly claims: JsonObject | undefined;
  /** Name of the consumer; undefined when the identity is none. */
  readonly consumer: string | undefined;
  /** Raw text of each path parameter, as it stands in the request target. */
  readonly path: ReadonlyMap<string, string>;
  /** Raw query without its question mark. */
  readonly query: string;
  /** Values of every field line of that lower-case name, a character for each byte. */
  readonly header: (name: string) => readonly string[];
  readonly method: string;
}

export function operandValue(operand: Operand, request: RequestValues): OperandValue {
  switch (operand.kind) {
    case 'literal':
      return { kind: 'json', value: operand.value };
    case 'method':
      return { kind: 'json', value: request.method };
    case 'consumer':
      return request.consumer === undefined ? undefined : { kind: 'json', value: request.consumer };
    case 'claim': {
      const value = claimAt(request.claims, operand.claim);
      return value === undefined ? undefined : { kind: 'json', value };
    }
    case 'path':
      return text(percentDecode(request.path.get(operand.name)));
    case 'query':
      return text(queryValue(request.query, operand.name));
    case 'header':
      return text(headerValue(request.header(operand.name)));
  }
}

const text = (value: string | undefined): OperandValue =>
  value === undefined ? undefined : { kind: 'text', text: value };

/** Decodes each escape once, as UTF-8; undefined when an escape is broken or the bytes are not UTF-8. */
function percentDecode(raw: string | undefined): string | undefined {
  if (raw === undefined) return undefined;
  try {
    return decodeURIComponent(raw);
  } catch {
    return undefined;
  }
}

/**
 * The only value of a name; `+` stays `+`. Undefined for a name that occurs twice, however it is written: back ends
 * disagree on which one counts (BEHAVIOUR.md P18).
 */
function queryValue(query: string, name: string): string | undefined {
  const values: string[] = [];
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=');
    if (percentDecode(equals < 0 ? pair : pair.slice(0, equals)) === name) {
      values.push(equals < 0 ? '' : pair.slice(equals + 1));
    }
  }
  return query !== '' && values.length === 1 ? percentDecode(values[0]) : undefined;
}

/** The value of the only field line, as UTF-8; an empty one counts as missing. */
function headerValue(lines: readonly string[]): string | undefined {
  const [only] = lines;
  if (only === undefined || only === '' || lines.length > 1) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(only, 'latin1'));
  } catch {
    return undefined;
  }
}
