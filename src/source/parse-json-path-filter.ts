import { type Condition, isSingular, type JsonPath, type Operand, type Operator } from './json-path.ts';
import { type Cursor, fail, skipBlank, take, takeMatch, takeString } from './json-path-cursor.ts';
import { takeSegments } from './parse-json-path.ts';

const DEEPEST = 50;

/** A logical expression behind `?` or in parentheses, RFC 9535 §2.3.5. */
export function takeCondition(cursor: Cursor): Condition | undefined {
  if (++cursor.depth > DEEPEST)
    return fail(cursor, `more than ${DEEPEST} filters and parentheses are nested`);
  const condition = takeList(cursor, 'or', '||', () =>
    takeList(cursor, 'and', '&&', () => takeBasic(cursor)),
  );
  cursor.depth -= 1;
  return condition;
}

function takeList(
  cursor: Cursor,
  kind: 'or' | 'and',
  operator: string,
  takePart: () => Condition | undefined,
): Condition | undefined {
  const parts: Condition[] = [];
  for (;;) {
    const part = takePart();
    if (part === undefined) return undefined;
    parts.push(part);
    const before = cursor.at;
    skipBlank(cursor);
    if (!take(cursor, operator)) {
      cursor.at = before;
      return parts.length === 1 ? part : { kind, parts };
    }
    skipBlank(cursor);
  }
}

function takeBasic(cursor: Cursor): Condition | undefined {
  const negated = take(cursor, '!');
  if (negated) skipBlank(cursor);
  const part = take(cursor, '(') ? takeParenthesis(cursor) : takeTestOrComparison(cursor, negated);
  return part === undefined || !negated ? part : { kind: 'not', part };
}

function takeParenthesis(cursor: Cursor): Condition | undefined {
  skipBlank(cursor);
  const condition = takeCondition(cursor);
  skipBlank(cursor);
  if (condition !== undefined && !take(cursor, ')')) return fail(cursor, '")" is expected');
  return condition;
}

function takeTestOrComparison(cursor: Cursor, negated: boolean): Condition | undefined {
  const left = takeOperand(cursor);
  if (left === undefined) return undefined;
  const before = cursor.at;
  skipBlank(cursor);
  const operator = takeMatch(cursor, /==|!=|<=|>=|<|>/y) as Operator | undefined;
  if (operator === undefined) {
    cursor.at = before;
    if (left.kind === 'path') return { kind: 'exists', path: left.path };
    return fail(cursor, 'a comparison is expected');
  }
  if (negated) return fail(cursor, '"!" needs parentheses before a comparison');
  skipBlank(cursor);
  const right = takeOperand(cursor);
  if (right === undefined) return undefined;
  for (const side of [left, right]) {
    if (side.kind === 'path' && !isSingular(side.path)) {
      return fail(cursor, 'only a query for one value can be compared');
    }
  }
  return { kind: 'compare', operator, left, right };
}

function takeOperand(cursor: Cursor): Operand | undefined {
  const path = takeQuery(cursor);
  if (path !== undefined) return { kind: 'path', path };
  const text = takeString(cursor);
  if (text !== undefined) return { kind: 'literal', value: text };
  if (cursor.fault !== undefined) return undefined;
  const number = takeMatch(cursor, /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y);
  if (number !== undefined) return { kind: 'literal', value: Number(number) };
  const word = takeMatch(cursor, /[a-z][a-z0-9_]*/y);
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' };
  if (word === 'null') return { kind: 'literal', value: null };
  if (word === undefined) return fail(cursor, 'a value is expected');
  return takeFunction(cursor, word);
}

function takeQuery(cursor: Cursor): JsonPath | undefined {
  const from = cursor.text[cursor.at];
  if (from !== '$' && from !== '@') return undefined;
  cursor.at += 1;
  const segments = takeSegments(cursor);
  return segments === undefined ? undefined : { from, segments };
}

function takeFunction(cursor: Cursor, name: string): Operand | undefined {
  if (name !== 'length' && name !== 'count' && name !== 'value') {
    return fail(cursor, `the function "${name.slice(0, 32)}" is not one of length, count and value`);
  }
  if (!take(cursor, '(')) return fail(cursor, '"(" is expected');
  skipBlank(cursor);
  const argument = takeOperand(cursor);
  skipBlank(cursor);
  if (argument === undefined) return undefined;
  if (!take(cursor, ')')) return fail(cursor, '")" is expected');
  if (name === 'length') {
    const isOneValue = argument.kind !== 'path' || isSingular(argument.path);
    return isOneValue
      ? { kind: 'length', of: argument }
      : fail(cursor, 'length() needs a query for one value');
  }
  return argument.kind === 'path'
    ? { kind: name, path: argument.path }
    : fail(cursor, `${name}() needs a query`);
}
