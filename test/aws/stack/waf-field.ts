import { type HeaderList, headerValues } from '../../support/http-message.ts';
import type { Exchange } from './exchange.ts';
import { type JsonRecord, listOf, recordOf } from './json.ts';
import { decodedPercent } from './percent.ts';

/** Bytes of a body that are inspected unless the web ACL says more (AWS WAF Developer Guide, "Body inspection size limits"). */
const inspected = 16 * 1024;

/**
 * The part of a request that a statement inspects, after its text transformations (AWS WAF Developer Guide, "Request
 * components in AWS WAF" and "Text transformations"). Without the part nothing matches. The URI path is as sent.
 */
export function fieldOf(statement: JsonRecord, exchange: Exchange): readonly string[] {
  const field = recordOf(statement['FieldToMatch'], 'FieldToMatch');
  const transformations = listOf(statement['TextTransformations'], 'TextTransformations')
    .map((one) => recordOf(one, 'TextTransformations'))
    .sort((one, other) => Number(one['Priority']) - Number(other['Priority']))
    .map(({ Type }) => String(Type));
  const transformed = (text: string): string => transformations.reduce(transform, text);
  return rawField(field, exchange).map(transformed);
}

function rawField(field: JsonRecord, { request }: Exchange): readonly string[] {
  const [[kind, value] = ['', undefined]] = Object.entries(field);
  switch (kind) {
    case 'UriPath':
      return [request.path];
    case 'QueryString':
      return [request.query ?? ''];
    case 'Method':
      return [request.method];
    case 'SingleHeader':
      return headerValues(request.headers, String(recordOf(value, kind)['Name']));
    case 'Headers':
      return headers(request.headers, recordOf(value, kind));
    case 'Body':
      return [body(request.body, recordOf(value, kind))];
    default:
      throw new Error(`no field that is known: ${kind}`);
  }
}

/** Names or values of all headers, of which AWS WAF looks at 200 and 8 KB; more are a match or none, as the rule says. */
function headers(
  list: HeaderList,
  { MatchPattern, MatchScope, OversizeHandling }: JsonRecord,
): readonly string[] {
  if (!('All' in recordOf(MatchPattern, 'MatchPattern'))) throw new Error('only all headers are known');
  if (OversizeHandling !== 'MATCH') throw new Error('only MATCH of many headers is known');
  return list.flatMap(([name, value]) =>
    MatchScope === 'KEY' ? [name] : MatchScope === 'VALUE' ? [value] : [name, value],
  );
}

/** A body above the limit: what fits, or a match or none whatever it holds. Only the first is modelled for contents. */
function body(bytes: Buffer, { OversizeHandling }: JsonRecord): string {
  if (bytes.length > inspected && OversizeHandling !== 'MATCH' && OversizeHandling !== 'CONTINUE') return '';
  return OversizeHandling === 'MATCH'
    ? bytes.toString('latin1')
    : bytes.subarray(0, inspected).toString('latin1');
}

function transform(text: string, type: string): string {
  switch (type) {
    case 'NONE':
      return text;
    case 'LOWERCASE':
      return text.toLowerCase();
    case 'URL_DECODE':
      return decodedPercent(text);
    default:
      throw new Error(`no text transformation that is known: ${type}`);
  }
}
