import { didYouMean } from '../diagnostics/suggest.ts';
import type { Operand } from '../model/policy.ts';
import { type Parsed, parsed, problemAt, quotedAt, skipSpace, wordAt } from './scan.ts';

const roots = ['claims', 'path', 'query', 'header', 'consumer', 'method'] as const;
/** Steps of one claim path. */
const maximumSteps = 8;

/** Reads one operand: `claims.<path>`, `path.<name>`, `query.<name>`, `header.<name>`, `consumer.id`, `method` or `'literal'`. */
export function operandAt(text: string, offset: number): Parsed<Operand> {
  const first = text.charAt(offset);
  if (first === "'") return literalAt(text, offset);
  if (first === '"') return problemAt(offset, "literals stand in single quotes: 'text'");
  const root = wordAt(text, offset);
  if (root === '')
    return problemAt(offset, offset >= text.length ? 'an operand is missing' : operandExpected(text, offset));
  const steps = stepsAt(text, offset + root.length);
  if (!steps.ok) return steps;
  return rootedOperand(root, steps.value, offset, steps.end);
}

function literalAt(text: string, offset: number): Parsed<Operand> {
  const literal = quotedAt(text, offset);
  return literal.ok ? parsed({ kind: 'literal', value: literal.value }, literal.end) : literal;
}

function operandExpected(text: string, offset: number): string {
  return `"${text.charAt(offset)}" begins no operand`;
}

function rootedOperand(root: string, steps: readonly string[], offset: number, end: number): Parsed<Operand> {
  if (root === 'method') {
    return steps.length === 0 ? parsed({ kind: 'method' }, end) : problemAt(offset, '"method" has no parts');
  }
  if (root === 'claims') {
    if (steps.length === 0) return problemAt(offset, '"claims" needs the name of a claim: claims.sub');
    if (steps.includes('__proto__')) return problemAt(offset, 'no token can hold a claim "__proto__"');
    return parsed({ kind: 'claim', claim: steps }, end);
  }
  if (root === 'path' || root === 'query' || root === 'header') {
    const [name, ...rest] = steps;
    if (name === undefined || name === '' || rest.length > 0) {
      return problemAt(offset, `"${root}" needs exactly one name: ${root}.name or ${root}["name"]`);
    }
    return root === 'header' ? headerOperand(name, offset, end) : parsed({ kind: root, name }, end);
  }
  if (root === 'consumer') {
    return steps.length === 1 && steps[0] === 'id'
      ? parsed({ kind: 'consumer' }, end)
      : problemAt(offset, 'of a consumer there is only consumer.id; groups are asked for with {group: name}');
  }
  const literal = steps.length === 0 ? ` A text stands in single quotes: '${root}'.` : '';
  return problemAt(offset, `"${root}" is none of ${roots.join(', ')}.${didYouMean(root, roots) || literal}`);
}

/** Gateways drop fields whose names hold anything else (BEHAVIOUR.md H6), so such an operand could never be known. */
function headerOperand(name: string, offset: number, end: number): Parsed<Operand> {
  if (!/^[A-Za-z0-9-]+$/.test(name)) {
    return problemAt(offset, `the header name "${name}" holds more than letters, digits and hyphens`);
  }
  return parsed({ kind: 'header', name: name.toLowerCase() }, end);
}

/** `.name` and `["name"]` in any number and mix. */
function stepsAt(text: string, offset: number): Parsed<readonly string[]> {
  const steps: string[] = [];
  let end = offset;
  for (;;) {
    const step = stepAt(text, end);
    if (step === undefined) return parsed(steps, end);
    if (!step.ok) return step;
    if (steps.length === maximumSteps) return problemAt(end, `a path has at most ${maximumSteps} steps`);
    steps.push(step.value);
    end = step.end;
  }
}

function stepAt(text: string, offset: number): Parsed<string> | undefined {
  if (text.charAt(offset) === '.') {
    const name = wordAt(text, offset + 1);
    if (name !== '') return parsed(name, offset + 1 + name.length);
    return problemAt(
      offset + 1,
      'a name is missing after the dot; other characters stand in brackets: ["a.b"]',
    );
  }
  if (text.charAt(offset) !== '[') return undefined;
  const quote = skipSpace(text, offset + 1);
  if (text.charAt(quote) !== '"' && text.charAt(quote) !== "'") {
    return problemAt(quote, 'brackets hold a quoted name: ["name"]');
  }
  const name = quotedAt(text, quote);
  if (!name.ok) return name;
  const close = skipSpace(text, name.end);
  return text.charAt(close) === ']'
    ? parsed(name.value, close + 1)
    : problemAt(close, 'the bracket is never closed');
}
