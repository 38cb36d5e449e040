import type { Expression, Operand } from '../model/policy.ts';
import { operandAt } from './parse-operand.ts';
import { type Parsed, parsed, problemAt, skipSpace, wordAt } from './scan.ts';

type Comparison = Extract<Expression, { kind: 'compare' }>;
type Operator = Comparison['operator'];

/** What people write from other languages, and what to write instead. */
const elsewhere: readonly (readonly [string, string])[] = [
  ['===', 'equality is ==, always without conversion'],
  ['!==', 'inequality is !=, always without conversion'],
  ['&&', 'several conditions stand in a list: all: [...]'],
  ['||', 'alternatives stand in a list: any: [...]'],
  ['=~', 'patterns are not part of the language; compare with == or in'],
  ['<=', 'order is not part of the language; compare with == or in'],
  ['>=', 'order is not part of the language; compare with == or in'],
  ['<', 'order is not part of the language; compare with == or in'],
  ['>', 'order is not part of the language; compare with == or in'],
  ['=', 'equality is =='],
  ['!', 'a negation stands in a block: not: ...'],
];
const elsewhereWords: ReadonlyMap<string, string> = new Map([
  ['and', 'several conditions stand in a list: all: [...]'],
  ['or', 'alternatives stand in a list: any: [...]'],
  ['not', 'a negation stands in a block: not: ...'],
  ['contains', 'write the value first: value in claims.list'],
  ['is', 'equality is =='],
  ['eq', 'equality is =='],
]);

/** Reads `A == B`, `A != B` or `A in B` (LANGUAGE.md §5), the whole text. */
export function parseComparison(text: string): Parsed<Comparison> {
  const left = operandAt(text, skipSpace(text, 0));
  if (!left.ok) return left;
  const operator = operatorAt(text, skipSpace(text, left.end));
  if (!operator.ok) return operator;
  const rightStart = skipSpace(text, operator.end);
  const right = operandAt(text, rightStart);
  if (!right.ok) return right;
  const rest = skipSpace(text, right.end);
  if (rest < text.length) return leftover(text, rest);
  return checkComparison(left.value, operator.value, right.value, rightStart, rest);
}

function operatorAt(text: string, offset: number): Parsed<Operator> {
  const two = text.slice(offset, offset + 2);
  if ((two === '==' || two === '!=') && text.charAt(offset + 2) !== '=') return parsed(two, offset + 2);
  const name = wordAt(text, offset);
  if (name === 'in') return parsed('in', offset + 2);
  const hint = hintAt(text, offset);
  if (hint !== undefined) return problemAt(offset, hint);
  const found = text.slice(offset, offset + Math.max(name.length, 1));
  return problemAt(
    offset,
    found === '' ? 'an operator is missing: ==, != or in' : `"${found}" is none of ==, != and in`,
  );
}

function hintAt(text: string, offset: number): string | undefined {
  const name = wordAt(text, offset);
  const hint =
    elsewhereWords.get(name.toLowerCase()) ??
    elsewhere.find(([token]) => text.startsWith(token, offset))?.[1];
  return hint === undefined ? undefined : `"${name || text.charAt(offset)}" is no operator; ${hint}`;
}

function leftover(text: string, offset: number): Parsed<never> {
  return problemAt(
    offset,
    hintAt(text, offset) ?? `"${text.slice(offset, offset + 40)}" is left over after the comparison`,
  );
}

function checkComparison(
  left: Operand,
  operator: Operator,
  right: Operand,
  at: number,
  end: number,
): Parsed<Comparison> {
  if (operator === 'in' && right.kind !== 'claim') {
    return problemAt(at, 'only a claim holds a list: the right side of "in" is claims.<path>');
  }
  return parsed({ kind: 'compare', left, operator, right }, end);
}
