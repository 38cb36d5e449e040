import { conjunction, disjunction, negation } from './kleene.js';
import { truthOf } from './rule.js';

/*
 * Policies: expressions whose leaves are rules and questions to services.
 */

/**
 * Whether every policy is true. identity: {claims, authenticator, consumer, groups}, each undefined where there is none.
 * ask(call): a promise of true, false or 'unknown' for a question by its number. Services are asked only when the outcome
 * is not certain without: from the left, each question once, only those that can make it true.
 */
export async function allHold(policies, identity, request, ask) {
  const answers = new Map();
  for (;;) {
    const prospects = prospectsOf({ kind: 'all', of: policies }, (leaf) =>
      leaf.kind === 'external' ? answers.get(leaf.call) : truthOf(leaf, identity, request),
    );
    const call = nextQuestion(prospects, true);
    if (call === undefined) return prospects.now === true;
    answers.set(call, await ask(call));
  }
}

/** The truth of one policy; answers: the truth of each question, by its number. */
export function evaluate(policy, identity, request, answers) {
  const known = (leaf) => (leaf.kind === 'external' ? answers[leaf.call] : truthOf(leaf, identity, request));
  return prospectsOf(policy, known).now;
}

/**
 * What an expression and its parts are: `now`, as long as questions without an answer (undefined) are unknown, and what
 * they may still become.
 */
function prospectsOf(expression, truthOfLeaf) {
  switch (expression.kind) {
    case 'all': {
      const parts = expression.of.map((one) => prospectsOf(one, truthOfLeaf));
      const now = conjunction(parts.map((part) => part.now));
      return { now, mayHold: parts.every(mayHold), mayFail: parts.some(mayFail), parts };
    }
    case 'any': {
      const parts = expression.of.map((one) => prospectsOf(one, truthOfLeaf));
      const now = disjunction(parts.map((part) => part.now));
      return { now, mayHold: parts.some(mayHold), mayFail: parts.every(mayFail), parts };
    }
    case 'not': {
      const part = prospectsOf(expression.of, truthOfLeaf);
      const now = negation(part.now);
      return { now, mayHold: part.mayFail, mayFail: part.mayHold, parts: [part], negates: true };
    }
    default: {
      const now = truthOfLeaf(expression);
      if (now === undefined)
        return { now: 'unknown', mayHold: true, mayFail: true, parts: [], call: expression.call };
      return { now, mayHold: now === true, mayFail: now === false, parts: [] };
    }
  }
}

const mayHold = (part) => part.mayHold;
const mayFail = (part) => part.mayFail;

/** The first question from the left whose answer can help to make the expression `wanted`. */
function nextQuestion({ now, mayHold, mayFail, call, parts, negates }, wanted) {
  if (now === wanted || !(wanted ? mayHold : mayFail)) return undefined;
  if (call !== undefined) return call;
  for (const part of parts) {
    const found = nextQuestion(part, negates ? !wanted : wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}
