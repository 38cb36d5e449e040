import type { Expression } from '../model/policy.ts';
import { evaluateLeaf, type PolicyInputs } from './evaluate.ts';
import { externalKey } from './external-question.ts';
import type { Truth } from './kleene.ts';
import { nextQuestion, prospectsOf } from './prospects.ts';

/**
 * Whether every policy is true, as `evaluate` finds it, with no more questions to services than that needs: none while
 * the outcome is certain without, then from the left, equal questions once, only those that can still make it true.
 */
export function allHold(policies: readonly Expression[], inputs: PolicyInputs): boolean {
  const answers = new Map<string, Truth>();
  for (;;) {
    const prospects = prospectsOf({ kind: 'all', of: policies }, (leaf) =>
      leaf.kind === 'external' ? answers.get(externalKey(leaf)) : evaluateLeaf(leaf, inputs),
    );
    const question = nextQuestion(prospects, true);
    if (question === undefined) return prospects.now === true;
    answers.set(externalKey(question), inputs.external(question));
  }
}
