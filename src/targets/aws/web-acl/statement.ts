import type { Json } from '../template/cloudformation.ts';
import { longestRegex } from './regex.ts';

/** A statement of AWS WAF with what it costs in capacity units (AWS WAF Developer Guide, "Rule statements"). */
export interface Statement {
  readonly json: { readonly [kind: string]: Json };
  readonly capacity: number;
}

type Field = { readonly [kind: string]: Json };

/** The path as the client sent it, without the query, not decoded (AWS WAF Developer Guide, "Request components"). */
const path: Field = { UriPath: {} };

const untouched: Json = [{ Priority: 0, Type: 'NONE' }];
const lowerCase: Json = [{ Priority: 0, Type: 'LOWERCASE' }];
const lowerCaseCost = 10;

export function pathMatches(regex: string): Statement {
  return { json: regexMatch(regex, path, untouched), capacity: 3 };
}

export function pathStartsWith(text: string): Statement {
  return { json: byteMatch(text, path, 'STARTS_WITH', untouched), capacity: 2 };
}

export function methodIs(method: string): Statement {
  return { json: byteMatch(method, { Method: {} }, 'EXACTLY', untouched), capacity: 2 };
}

/** `text` in lower case. */
export function hostIs(text: string): Statement {
  const host = { SingleHeader: { Name: 'host' } };
  return { json: byteMatch(text, host, 'EXACTLY', lowerCase), capacity: 2 + lowerCaseCost };
}

export function headerHasValue(name: string): Statement {
  return { json: sizeConstraint({ SingleHeader: { Name: name } }, 0), capacity: 1 };
}

/** Also where the body is longer than what WAF gets to see. */
export function bodyIsLongerThan(bytes: number): Statement {
  return { json: sizeConstraint({ Body: { OversizeHandling: 'MATCH' } }, bytes), capacity: 1 };
}

export function headerMatches(name: string, regex: string): Statement {
  return { json: regexMatch(regex, { SingleHeader: { Name: name } }, untouched), capacity: 3 };
}

/** Whether the name of some header matches; more headers than WAF looks at count as a match. */
export function someHeaderNameMatches(regex: string): Statement {
  const names = { Headers: { MatchPattern: { All: {} }, MatchScope: 'KEY', OversizeHandling: 'MATCH' } };
  return { json: regexMatch(regex, names, lowerCase), capacity: 3 + 10 + lowerCaseCost };
}

export function all(statements: readonly Statement[]): Statement {
  return combined('AndStatement', statements);
}

export function any(statements: readonly Statement[]): Statement {
  return combined('OrStatement', statements);
}

export function not({ json, capacity }: Statement): Statement {
  return { json: { NotStatement: { Statement: json } }, capacity };
}

/** WAF wants at least two parts. */
function combined(kind: string, statements: readonly Statement[]): Statement {
  const [first] = statements;
  if (first === undefined) throw new Error(`an ${kind} has at least one part`);
  if (statements.length === 1) return first;
  return {
    json: { [kind]: { Statements: statements.map(({ json }) => json) } },
    capacity: statements.reduce((sum, { capacity }) => sum + capacity, 0),
  };
}

function regexMatch(regex: string, field: Field, transformations: Json): Statement['json'] {
  if (regex.length > longestRegex)
    throw new RangeError(
      `A path needs a pattern of ${regex.length} characters; AWS WAF takes ${longestRegex}.`,
    );
  return {
    RegexMatchStatement: {
      RegexString: regex,
      FieldToMatch: field,
      TextTransformations: transformations,
    },
  };
}

function sizeConstraint(field: Field, size: number): Statement['json'] {
  return {
    SizeConstraintStatement: {
      FieldToMatch: field,
      ComparisonOperator: 'GT',
      Size: size,
      TextTransformations: untouched,
    },
  };
}

function byteMatch(text: string, field: Field, position: string, transformations: Json): Statement['json'] {
  return {
    ByteMatchStatement: {
      SearchString: text,
      FieldToMatch: field,
      PositionalConstraint: position,
      TextTransformations: transformations,
    },
  };
}
