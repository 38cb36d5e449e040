import type { ClaimPath, ClaimTest, Expression, ExternalCall, Operand, Scalar } from '../model/policy.ts';

/** An expression on one line for people, named policies by name: `any(owner, role admin, not (ip 10.0.0.0/8))`. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'all':
    case 'any':
      return `${expression.kind}(${expression.of.map(printExpression).join(', ')})`;
    case 'not':
      return `not (${printExpression(expression.of)})`;
    case 'policy':
      return expression.name;
    case 'scope':
      return `scope ${quote(expression.scope)}`;
    case 'role':
      return `role ${quote(expression.role)}`;
    case 'group':
      return `group ${quote(expression.group)}`;
    case 'external':
      return printCall(expression);
    case 'ip':
      return `ip in ${expression.ranges.map(({ text }) => text).join(', ') || 'no range'}`;
    case 'claim':
      return printClaimTest(claimPathText(expression.claim), expression.test);
    case 'compare':
      return `${printOperand(expression.left)} ${expression.operator} ${printOperand(expression.right)}`;
  }
}

/**
 * What each named policy of an expression stands for, in the order of first use: a policy that the expression names
 * comes before those that this one names itself.
 */
export function printPolicies(expression: Expression): ReadonlyMap<string, string> {
  const printed = new Map<string, string>();
  collectPolicies(expression, printed);
  return printed;
}

function collectPolicies(expression: Expression, printed: Map<string, string>): void {
  switch (expression.kind) {
    case 'all':
    case 'any':
      for (const one of expression.of) collectPolicies(one, printed);
      return;
    case 'not':
      collectPolicies(expression.of, printed);
      return;
    case 'policy':
      if (printed.has(expression.name)) return;
      printed.set(expression.name, printExpression(expression.is));
      collectPolicies(expression.is, printed);
      return;
    default:
      return;
  }
}

function printCall({ backend, path, send }: ExternalCall): string {
  return `external ${backend} ${path} (told ${send.join(', ') || 'nothing'})`;
}

function printClaimTest(claim: string, test: ClaimTest): string {
  if (test.kind === 'exists') return `${claim} ${test.expected ? 'exists' : 'does not exist'}`;
  if (test.kind === 'equals') return `${claim} == ${printScalar(test.value)}`;
  if (test.kind === 'contains') return `${printScalar(test.value)} in ${claim}`;
  return `${claim} in [${test.values.map(printScalar).join(', ')}]`;
}

function printOperand(operand: Operand): string {
  switch (operand.kind) {
    case 'claim':
      return claimPathText(operand.claim);
    case 'method':
      return 'method';
    case 'consumer':
      return 'consumer.id';
    case 'literal':
      return quote(operand.value);
    default:
      return `${operand.kind}${step(operand.name)}`;
  }
}

/** A claim path as it is written in a comparison: `claims.realm_access.roles`. */
export function claimPathText(path: ClaimPath): string {
  return `claims${path.map(step).join('')}`;
}

function step(name: string): string {
  return /^[A-Za-z0-9_-]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function printScalar(value: Scalar): string {
  return typeof value === 'string' ? quote(value) : JSON.stringify(value);
}

/** A literal that `parseComparison` reads back as the same text. */
function quote(text: string): string {
  return `'${text.replace(/['\\\x00-\x1f\x7f]/g, escapeCharacter)}'`;
}

function escapeCharacter(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
