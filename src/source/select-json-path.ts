import type { Condition, JsonPath, Operand, Operator, Segment, Selector } from './json-path.ts';

/** A selected value and the way to it. */
interface Selected {
  readonly value: unknown;
  readonly key: string | undefined;
  readonly parent: Selected | undefined;
}

/** How many values queries may still look at, so that none runs without end. */
export interface Allowance {
  left: number;
}

/**
 * The places that a query selects, each once, in the order of RFC 9535: lists of keys and array indices (as text).
 * Undefined when the allowance is used up.
 */
export function selectJsonPath(
  path: JsonPath,
  root: unknown,
  allowance: Allowance,
): readonly (readonly string[])[] | undefined {
  const top: Selected = { value: root, key: undefined, parent: undefined };
  const selected = selectAll(path.segments, top, top, allowance);
  if (allowance.left < 0) return undefined;
  const places = new Map<string, readonly string[]>();
  for (const one of selected) {
    const keys = keysOf(one);
    places.set(JSON.stringify(keys), keys);
  }
  return [...places.values()];
}

function keysOf(selected: Selected): readonly string[] {
  const keys: string[] = [];
  for (let at: Selected | undefined = selected; at?.key !== undefined; at = at.parent) keys.push(at.key);
  return keys.reverse();
}

function selectAll(
  segments: readonly Segment[],
  from: Selected,
  root: Selected,
  allowance: Allowance,
): readonly Selected[] {
  let current: readonly Selected[] = [from];
  for (const { descend, selectors } of segments) {
    const next: Selected[] = [];
    for (const start of current) {
      for (const one of descend ? withDescendants(start, allowance) : [start]) {
        if (allowance.left < 0) return [];
        for (const selector of selectors) select(selector, one, root, allowance, next);
      }
    }
    current = next;
  }
  return current;
}

function withDescendants(start: Selected, allowance: Allowance): readonly Selected[] {
  const found: Selected[] = [];
  const visit = (at: Selected): void => {
    if (allowance.left < 0) return;
    found.push(at);
    for (const child of childrenOf(at, allowance)) visit(child);
  };
  visit(start);
  return found;
}

function childrenOf(at: Selected, allowance: Allowance): readonly Selected[] {
  const { value } = at;
  if (typeof value !== 'object' || value === null) return [];
  const children = Object.entries(value).map(([key, item]) => ({ value: item as unknown, key, parent: at }));
  allowance.left -= children.length + 1;
  return children;
}

function select(
  selector: Selector,
  at: Selected,
  root: Selected,
  allowance: Allowance,
  found: Selected[],
): void {
  allowance.left -= 1;
  const { value } = at;
  if (typeof value !== 'object' || value === null) return;
  if (selector.kind === 'wildcard') {
    for (const child of childrenOf(at, allowance)) found.push(child);
  } else if (selector.kind === 'filter') {
    for (const child of childrenOf(at, allowance)) {
      if (allowance.left >= 0 && holds(selector.condition, child, root, allowance)) found.push(child);
    }
  } else if (selector.kind === 'name') {
    if (!Array.isArray(value) && Object.hasOwn(value, selector.name)) {
      found.push({
        value: (value as Record<string, unknown>)[selector.name],
        key: selector.name,
        parent: at,
      });
    }
  } else if (Array.isArray(value)) {
    for (const index of indicesOf(selector, value.length)) {
      found.push({ value: value[index], key: String(index), parent: at });
      allowance.left -= 1;
    }
  }
}

/** RFC 9535 §2.3.3.2 and §2.3.4.2.2. */
function indicesOf(
  selector: Extract<Selector, { kind: 'index' | 'slice' }>,
  length: number,
): readonly number[] {
  const normal = (index: number): number => (index < 0 ? length + index : index);
  const found: number[] = [];
  if (selector.kind === 'index') {
    const index = normal(selector.index);
    return index >= 0 && index < length ? [index] : [];
  }
  const { step } = selector;
  const within = (index: number, low: number, high: number): number => Math.min(Math.max(index, low), high);
  if (step > 0) {
    const end = within(normal(selector.end ?? length), 0, length);
    for (let at = within(normal(selector.start ?? 0), 0, length); at < end; at += step) found.push(at);
  } else if (step < 0) {
    const end = selector.end === undefined ? -1 : within(normal(selector.end), -1, length - 1);
    const start = selector.start === undefined ? length - 1 : within(normal(selector.start), -1, length - 1);
    for (let at = start; at > end; at += step) found.push(at);
  }
  return found;
}

function holds(condition: Condition, at: Selected, root: Selected, allowance: Allowance): boolean {
  const run = (path: JsonPath) => selectAll(path.segments, path.from === '$' ? root : at, root, allowance);
  switch (condition.kind) {
    case 'or':
      return condition.parts.some((part) => holds(part, at, root, allowance));
    case 'and':
      return condition.parts.every((part) => holds(part, at, root, allowance));
    case 'not':
      return !holds(condition.part, at, root, allowance);
    case 'exists':
      return run(condition.path).length > 0;
    case 'compare':
      return compare(
        condition.operator,
        evaluate(condition.left, run),
        evaluate(condition.right, run),
        allowance,
      );
  }
}

/** `undefined` is RFC 9535's Nothing; no JSON value is undefined. */
function evaluate(operand: Operand, run: (path: JsonPath) => readonly Selected[]): unknown {
  switch (operand.kind) {
    case 'literal':
      return operand.value;
    case 'path':
      return run(operand.path)[0]?.value;
    case 'count':
      return run(operand.path).length;
    case 'value': {
      const found = run(operand.path);
      return found.length === 1 ? found[0]?.value : undefined;
    }
    case 'length': {
      const value = evaluate(operand.of, run);
      if (typeof value === 'string') return [...value].length;
      return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined;
    }
  }
}

/** RFC 9535 §2.3.5.2.2. */
function compare(operator: Operator, left: unknown, right: unknown, allowance: Allowance): boolean {
  switch (operator) {
    case '==':
      return isEqual(left, right, allowance);
    case '!=':
      return !isEqual(left, right, allowance);
    case '<':
      return isLess(left, right);
    case '<=':
      return isLess(left, right) || isEqual(left, right, allowance);
    case '>':
      return isLess(right, left);
    case '>=':
      return isLess(right, left) || isEqual(left, right, allowance);
  }
}

function isLess(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left < right;
  if (typeof left !== 'string' || typeof right !== 'string') return false;
  // By code point: UTF-16 units would put U+FF5E after U+1F600.
  const a = [...left];
  const b = [...right];
  const at = a.findIndex((character, index) => character !== b[index]);
  if (at < 0) return a.length < b.length;
  return at < b.length && (a[at]?.codePointAt(0) ?? 0) < (b[at]?.codePointAt(0) ?? 0);
}

function isEqual(left: unknown, right: unknown, allowance: Allowance): boolean {
  allowance.left -= 1;
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (allowance.left < 0 || Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(right, key) &&
      isEqual((left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key], allowance),
  );
}
