import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Origin, Sourced } from '../../model/origin.ts';
import type { ClaimPath, ClaimTest, ExternalCall, IpRange, Scalar } from '../../model/policy.ts';
import type { Node } from '../../source/node.ts';
import { list } from '../collections.ts';
import { union } from '../combine.ts';
import { contradiction, exclusiveFields, wrongValue } from '../diagnostics.ts';
import { kindOf, quote } from '../kind.ts';
import { optional, record, reportUnknownFields, required } from '../record.ts';
import { boolean } from '../scalars.ts';
import { type JsonSchema, type Shape, scalar } from '../shape.ts';
import { subjectOf } from '../subject.ts';
import { PRINTABLE, text } from '../text.ts';
import { claimPath } from '../values/claim-path.ts';
import { ipRange } from '../values/ip-range.ts';
import { claimText, scope } from '../values/names.ts';
import { reportWrongKind } from '../wrong-kind.ts';
import { externalCall, readExternalCall } from './external-call.ts';

/**
 * The structure of an authorization expression, every part with its place. `text` is a bare string: the name of a
 * policy or a comparison such as `claims.sub == path.userId`, not yet taken apart.
 */
export type ExpressionBlock =
  | { readonly kind: 'all'; readonly of: readonly ExpressionBlock[]; readonly at: Origin }
  | { readonly kind: 'any'; readonly of: readonly ExpressionBlock[]; readonly at: Origin }
  | { readonly kind: 'not'; readonly of: ExpressionBlock; readonly at: Origin }
  | { readonly kind: 'text'; readonly text: string; readonly at: Origin }
  | { readonly kind: 'scope'; readonly scope: string; readonly at: Origin }
  | { readonly kind: 'role'; readonly role: string; readonly at: Origin }
  | { readonly kind: 'group'; readonly group: string; readonly at: Origin }
  | { readonly kind: 'ip'; readonly ranges: readonly IpRange[]; readonly at: Origin }
  | ExternalCall
  | { readonly kind: 'claim'; readonly claim: ClaimPath; readonly test: ClaimTest; readonly at: Origin };

const DEEPEST = 32;
const forms = 'all, any, not, scope, role, group, ip, claim and external';

/** A policy: a text, or an object with exactly one of the keys below. */
export const expression: Shape<ExpressionBlock> = {
  label: 'expression',
  kinds: ['text', 'object'],
  form: scalar,
  schema: { $ref: '#/$defs/expression' },
  read: (node, report) => (isTooDeep(node, report) ? undefined : readExpression(node, report)),
};

/** What `#/$defs/expression` stands for. */
export function expressionDefinition(): JsonSchema {
  return { anyOf: [phrase.schema, ...Object.values(branches).map((branch) => branch.schema)] };
}

/** Inside an expression: the depth was checked at its top. */
const inner: Shape<ExpressionBlock> = { ...expression, read: readExpression };

const phrase: Shape<string> = text({
  label: 'expression',
  pattern: `${PRINTABLE}{1,2048}`,
  allows: `the name of a policy, a comparison, or an object with one of ${forms}`,
  example: 'claims.sub == path.userId',
  parse: (value) => (value.trim() === '' ? { problem: 'is blank' } : { value }),
});

const number: Shape<number> = {
  label: 'number',
  kinds: ['number'],
  form: scalar,
  schema: { type: 'number' },
  read: (node, report) => {
    if (typeof node.value === 'number' && Number.isFinite(node.value)) return node.value;
    return reportWrongKind(node, 'a finite number', report);
  },
};

const claimValue = claimText('text', 'gold');
const claimScalar: Shape<Scalar> = union(claimValue, number, boolean);

const combined = (label: string) => required(list(inner, { min: 1 }), label);

const claim = record(
  'test of a claim',
  {
    claim: required(claimPath, 'The claim, as written after `claims.`.'),
    equals: optional(claimScalar, 'Equal in type and value.'),
    in: optional(list(claimScalar, { min: 1 }), 'Equal to one of them.'),
    contains: optional(union(claimValue, number), 'The claim is a list that holds it.'),
    exists: optional(boolean, 'Whether the claim must be there.'),
  },
  { exactlyOne: ['equals', 'in', 'contains', 'exists'] },
);

const branches = {
  all: record('expression', { all: combined('Every one holds.') }),
  any: record('expression', { any: combined('At least one holds.') }),
  not: record('expression', { not: required(inner, 'It does not hold.') }),
  scope: record('expression', { scope: required(scope, 'The token has the scope.') }),
  role: record('expression', { role: required(claimText('role', 'admin'), 'The token has the role.') }),
  group: record('expression', {
    group: required(claimText('group', 'partners'), 'The consumer has the group.'),
  }),
  ip: record('expression', {
    ip: required(list(ipRange, { min: 1 }), 'The client address is in one of them.'),
  }),
  claim,
  external: record('expression', {
    external: required(externalCall, 'A service says so.'),
  }),
} as const;

/** The objects that an expression can be, for the reference. */
export function expressionForms(): readonly Shape<unknown>[] {
  return Object.values(branches);
}

type Branch = keyof typeof branches;
const keys = Object.keys(branches) as readonly Branch[];

function readExpression(node: Node, report: Report): ExpressionBlock | undefined {
  const kind = kindOf(node.value);
  if (kind === 'text') {
    const value = phrase.read(node, report);
    return value === undefined ? undefined : { kind: 'text', text: value, at: node.at };
  }
  if (kind !== 'object') {
    return reportWrongKind(node, `a text or an object with one of ${forms}`, report);
  }
  const branch = branchOf(node, report);
  return branch === undefined ? undefined : readBranch(branch, node, report);
}

function branchOf(node: Node, report: Report): Branch | undefined {
  const found = keys.filter((key) => node.child(key) !== undefined);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const fix = `Write exactly one of ${keys.join(', ')}; combine several with all or any.`;
  const subject = subjectOf(node.at);
  if (found.length > 1) {
    report(diagnostic(exclusiveFields, node.at, { subject, names: found.map(quote).join(' and '), fix }));
    return undefined;
  }
  const known = new Map(keys.map((key) => [key as string, true]));
  if (reportUnknownFields(node, 'expression', known, [], report)) {
    report(diagnostic(wrongValue, node.at, { subject, value: '{}', problem: 'says nothing', fix }));
  }
  return undefined;
}

function readBranch(branch: Branch, node: Node, report: Report): ExpressionBlock | undefined {
  const at = node.at;
  switch (branch) {
    case 'all':
      return withValue(branches.all.read(node, report), ({ all }) => ({ kind: 'all', of: values(all), at }));
    case 'any':
      return withValue(branches.any.read(node, report), ({ any }) => ({ kind: 'any', of: values(any), at }));
    case 'not':
      return withValue(branches.not.read(node, report), ({ not }) => ({ kind: 'not', of: not.value, at }));
    case 'scope':
      return withValue(branches.scope.read(node, report), (read) => ({
        kind: 'scope',
        scope: read.scope.value,
        at,
      }));
    case 'role':
      return withValue(branches.role.read(node, report), (read) => ({
        kind: 'role',
        role: read.role.value,
        at,
      }));
    case 'group':
      return withValue(branches.group.read(node, report), (read) => ({
        kind: 'group',
        group: read.group.value,
        at,
      }));
    case 'external':
      return withValue(branches.external.read(node, report), ({ external }) =>
        readExternalCall(external.value, at),
      );
    case 'ip':
      return withValue(branches.ip.read(node, report), ({ ip }) => ({ kind: 'ip', ranges: values(ip), at }));
    case 'claim':
      return readClaim(node, report);
  }
}

function readClaim(node: Node, report: Report): ExpressionBlock | undefined {
  const read = claim.read(node, report);
  const test = read === undefined ? undefined : testOf(read);
  if (read === undefined || test === undefined) return undefined;
  return { kind: 'claim', claim: read.claim.value, test, at: node.at };
}

function testOf(read: NonNullable<ReturnType<typeof claim.read>>): ClaimTest | undefined {
  if (read.equals !== undefined) return { kind: 'equals', value: read.equals.value };
  if (read.in !== undefined) return { kind: 'in', values: values(read.in) };
  if (read.contains !== undefined) return { kind: 'contains', value: read.contains.value };
  return read.exists === undefined ? undefined : { kind: 'exists', expected: read.exists.value };
}

function values<T>(sourced: Sourced<readonly Sourced<T>[]>): readonly T[] {
  return sourced.value.map((one) => one.value);
}

function withValue<T, U>(value: T | undefined, convert: (value: T) => U): U | undefined {
  return value === undefined ? undefined : convert(value);
}

/** Expressions are read and evaluated by recursion; nobody writes 32 levels. */
function isTooDeep(top: Node, report: Report): boolean {
  let level: readonly Node[] = [top];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST * 2) {
      const facts = {
        problem: `${subjectOf(top.at)} is nested more than ${DEEPEST} levels deep`,
        consequence: 'Nobody can review such a rule, so nothing is written.',
        fix: 'Give parts of it a name in policies and refer to them.',
      };
      report(diagnostic(contradiction, top.at, facts));
      return true;
    }
    level = level.flatMap((node) => node.entries().map(([, child]) => child));
  }
  return false;
}
