import type { JsonPath, Segment, Selector } from './json-path.ts';
import {
  type Cursor,
  fail,
  skipBlank,
  take,
  takeInteger,
  takeMatch,
  takeString,
} from './json-path-cursor.ts';
import { takeCondition } from './parse-json-path-filter.ts';

const LONGEST = 4_000;

/** Parses an RFC 9535 query, or says what is wrong with it. The functions match() and search() are refused. */
export function parseJsonPath(text: string): JsonPath | { readonly fault: string } {
  if (text.length > LONGEST) return { fault: `it is longer than ${LONGEST} characters` };
  const cursor: Cursor = { text, at: 0, fault: undefined, depth: 0 };
  if (!take(cursor, '$')) return { fault: 'it does not begin with "$"' };
  const segments = takeSegments(cursor);
  if (segments !== undefined && cursor.at < text.length) fail(cursor, 'the query does not go on like this');
  if (segments === undefined || cursor.fault !== undefined)
    return { fault: cursor.fault ?? 'it is malformed' };
  return { from: '$', segments };
}

/** The segments behind `$` or `@`. Blanks are taken only when a segment follows them. */
export function takeSegments(cursor: Cursor): readonly Segment[] | undefined {
  const segments: Segment[] = [];
  for (;;) {
    const before = cursor.at;
    skipBlank(cursor);
    const descend = take(cursor, '..');
    let selectors: readonly Selector[] | undefined;
    if (cursor.text[cursor.at] === '[') selectors = takeBracket(cursor);
    else if (descend || take(cursor, '.')) selectors = takeShorthand(cursor);
    else {
      cursor.at = before;
      return segments;
    }
    if (selectors === undefined) return undefined;
    segments.push({ descend, selectors });
  }
}

function takeShorthand(cursor: Cursor): readonly Selector[] | undefined {
  if (take(cursor, '*')) return [{ kind: 'wildcard' }];
  const name = takeMatch(
    cursor,
    /[A-Za-z_\u0080-\ud7ff\u{e000}-\u{10ffff}][A-Za-z0-9_\u0080-\ud7ff\u{e000}-\u{10ffff}]*/uy,
  );
  return name === undefined ? fail(cursor, 'a name or "*" is expected') : [{ kind: 'name', name }];
}

function takeBracket(cursor: Cursor): readonly Selector[] | undefined {
  cursor.at += 1;
  const selectors: Selector[] = [];
  for (;;) {
    skipBlank(cursor);
    const selector = takeSelector(cursor);
    if (selector === undefined) return undefined;
    selectors.push(selector);
    skipBlank(cursor);
    if (take(cursor, ']')) return selectors;
    if (!take(cursor, ',')) return fail(cursor, '"," or "]" is expected');
  }
}

function takeSelector(cursor: Cursor): Selector | undefined {
  if (take(cursor, '*')) return { kind: 'wildcard' };
  if (take(cursor, '?')) {
    skipBlank(cursor);
    const condition = takeCondition(cursor);
    return condition === undefined ? undefined : { kind: 'filter', condition };
  }
  const name = takeString(cursor);
  if (name !== undefined) return { kind: 'name', name };
  if (cursor.fault !== undefined) return undefined;
  return takeIndexOrSlice(cursor);
}

function takeIndexOrSlice(cursor: Cursor): Selector | undefined {
  const start = takeInteger(cursor);
  const afterStart = cursor.at;
  skipBlank(cursor);
  if (!take(cursor, ':')) {
    cursor.at = afterStart;
    return start === undefined ? fail(cursor, 'a selector is expected') : { kind: 'index', index: start };
  }
  skipBlank(cursor);
  const end = takeInteger(cursor);
  skipBlank(cursor);
  if (!take(cursor, ':'))
    return cursor.fault === undefined ? { kind: 'slice', start, end, step: 1 } : undefined;
  skipBlank(cursor);
  const step = takeInteger(cursor) ?? 1;
  return cursor.fault === undefined ? { kind: 'slice', start, end, step } : undefined;
}
