import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { Expression } from '../model/policy.ts';
import { policyCycle, policyTooLarge, unknownPolicy, unreadableComparison } from './diagnostics.ts';
import type { PolicyBlock } from './expression-block.ts';
import { parseComparison } from './parse-comparison.ts';

/** Named policies, each resolved once. */
export interface Policies {
  readonly names: readonly string[];
  /** Undefined for a name that does not exist, or whose policy has an error that was reported. */
  readonly find: (name: string) => Expression | undefined;
}

/** Parts of one expression, named policies written out: references could otherwise double it with every level. */
const maximumParts = 1000;
/** Policies that refer to each other in a row. */
const maximumChain = 64;

/** A resolved expression with its size, or undefined after an error. */
type Resolved = { readonly expression: Expression; readonly parts: number } | undefined;
type Lookup = (name: string, from: PolicyBlock) => Resolved;

/** Resolves every named policy (LANGUAGE.md §5): reports unknown names, unreadable comparisons and circles. */
export function resolvePolicies(blocks: ReadonlyMap<string, PolicyBlock>, report: Report): Policies {
  const done = new Map<string, Resolved>();
  const chain: string[] = [];
  const lookup: Lookup = (name, from) => {
    if (done.has(name)) return done.get(name);
    const block = blocks.get(name);
    if (block === undefined) return undefined;
    if (chain.includes(name)) {
      const names = [...chain.slice(chain.indexOf(name)), name];
      report(diagnostic(policyCycle, from.at, { names }));
      for (const one of names) done.set(one, undefined);
      return undefined;
    }
    if (chain.length === maximumChain) return tooLarge(block, `The policy "${name}"`, report);
    chain.push(name);
    const resolved = resolveBlock(block, blocks, lookup, `The policy "${name}"`, report);
    chain.pop();
    if (!done.has(name)) done.set(name, resolved);
    return done.get(name);
  };
  for (const [name, block] of blocks) lookup(name, block);
  return { names: [...blocks.keys()], find: (name) => done.get(name)?.expression };
}

/**
 * The expression of an `authorize` facet. A bare string that is the name of a policy refers to it, every other one is
 * a comparison. Undefined after an error was reported, here or by `resolvePolicies`.
 */
export function parseAuthorize(
  block: PolicyBlock,
  policies: Policies,
  report: Report,
): Expression | undefined {
  const known = new Set(policies.names);
  const lookup: Lookup = (name) => {
    const expression = policies.find(name);
    return expression === undefined ? undefined : { expression, parts: countParts(expression) };
  };
  return resolveBlock(block, known, lookup, 'The expression', report)?.expression;
}

function countParts(expression: Expression): number {
  switch (expression.kind) {
    case 'all':
    case 'any':
      return expression.of.reduce((sum, one) => sum + countParts(one), 1);
    case 'not':
      return 1 + countParts(expression.of);
    case 'policy':
      return 1 + countParts(expression.is);
    default:
      return 1;
  }
}

interface Names {
  readonly has: (name: string) => boolean;
  readonly keys: () => Iterable<string>;
}

function resolveBlock(
  block: PolicyBlock,
  names: Names,
  lookup: Lookup,
  subject: string,
  report: Report,
): Resolved {
  const resolved = resolveParts(block, names, lookup, report);
  return resolved !== undefined && resolved.parts > maximumParts
    ? tooLarge(block, subject, report)
    : resolved;
}

function tooLarge(block: PolicyBlock, subject: string, report: Report): undefined {
  report(diagnostic(policyTooLarge, block.at, { subject, limit: maximumParts }));
  return undefined;
}

function resolveParts(block: PolicyBlock, names: Names, lookup: Lookup, report: Report): Resolved {
  switch (block.kind) {
    case 'all':
    case 'any': {
      const parts = block.of.map((one) => resolveParts(one, names, lookup, report));
      if (!parts.every((one) => one !== undefined)) return undefined;
      const of = parts.map((one) => one.expression);
      return { expression: { kind: block.kind, of }, parts: parts.reduce((sum, one) => sum + one.parts, 1) };
    }
    case 'not': {
      const part = resolveParts(block.of, names, lookup, report);
      return part && { expression: { kind: 'not', of: part.expression }, parts: part.parts + 1 };
    }
    case 'text':
      return resolveText(block, names, lookup, report);
    case 'external':
      return { expression: block, parts: 1 };
    default: {
      const { at: _, ...leaf } = block;
      return { expression: leaf, parts: 1 };
    }
  }
}

function resolveText(
  block: Extract<PolicyBlock, { readonly kind: 'text' }>,
  names: Names,
  lookup: Lookup,
  report: Report,
): Resolved {
  const name = block.text.trim();
  if (names.has(name)) {
    const found = lookup(name, block);
    return found && { expression: { kind: 'policy', name, is: found.expression }, parts: found.parts + 1 };
  }
  if (/^[A-Za-z0-9_-]+$/.test(name) && name !== 'method') {
    const known = [...names.keys()];
    const hint = known.length === 0 ? ' No policy is declared.' : ` Declared: ${known.join(', ')}.`;
    const fix = `Declare it under policies, or name another one.${didYouMean(name, known) || hint}`;
    report(diagnostic(unknownPolicy, block.at, { name, fix }));
    return undefined;
  }
  const comparison = parseComparison(block.text);
  if (comparison.ok) return { expression: comparison.value, parts: 1 };
  const { offset, message } = comparison.problem;
  report(
    diagnostic(unreadableComparison, block.at, { text: block.text, character: offset + 1, problem: message }),
  );
  return undefined;
}
