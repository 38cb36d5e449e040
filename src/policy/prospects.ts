import type { Expression, ExternalCall } from '../model/policy.ts';
import type { Leaf } from './fold.ts';
import { conjunction, disjunction, negate, type Truth } from './kleene.ts';

/** What an expression is, and what it may become when services that were not asked yet answer. */
export interface Prospects {
  /** Its truth as long as questions without an answer are unknown. */
  readonly now: Truth;
  readonly canBe: { readonly true: boolean; readonly false: boolean };
  /** The service whose answer is outstanding, for a leaf that is one. */
  readonly question?: ExternalCall;
  readonly parts: readonly Prospects[];
  /** The parts count with the opposite truth. */
  readonly negates: boolean;
}

/** `truthOf` is undefined for a question without an answer. Leaves count as independent of each other. */
export function prospectsOf(expression: Expression, truthOf: (leaf: Leaf) => Truth | undefined): Prospects {
  switch (expression.kind) {
    case 'all':
    case 'any': {
      const isAll = expression.kind === 'all';
      const parts = expression.of.map((one) => prospectsOf(one, truthOf));
      const truths = parts.map(({ now }) => now);
      const becomes = (truth: 'true' | 'false'): boolean =>
        isAll === (truth === 'true')
          ? parts.every(({ canBe }) => canBe[truth])
          : parts.some(({ canBe }) => canBe[truth]);
      return {
        now: isAll ? conjunction(truths) : disjunction(truths),
        canBe: { true: becomes('true'), false: becomes('false') },
        parts,
        negates: false,
      };
    }
    case 'not': {
      const part = prospectsOf(expression.of, truthOf);
      const canBe = { true: part.canBe.false, false: part.canBe.true };
      return { now: negate(part.now), canBe, parts: [part], negates: true };
    }
    case 'policy':
      return prospectsOf(expression.is, truthOf);
    default:
      return prospectsOfLeaf(expression, truthOf(expression));
  }
}

function prospectsOfLeaf(leaf: Leaf, truth: Truth | undefined): Prospects {
  if (truth !== undefined) {
    return { now: truth, canBe: { true: truth === true, false: truth === false }, parts: [], negates: false };
  }
  const open = { now: 'unknown', canBe: { true: true, false: true }, parts: [], negates: false } as const;
  return leaf.kind === 'external' ? { ...open, question: leaf } : open;
}

/** The first question from the left whose answer can help to make the expression `wanted`. */
export function nextQuestion(prospects: Prospects, wanted: boolean): ExternalCall | undefined {
  const { now, canBe, negates, parts, question } = prospects;
  if (now === wanted || !(wanted ? canBe.true : canBe.false)) return undefined;
  if (question !== undefined) return question;
  for (const part of parts) {
    const found = nextQuestion(part, negates ? !wanted : wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}
