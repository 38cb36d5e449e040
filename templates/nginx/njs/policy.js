import question from './question.js';
import rule from './rule.js';

/*
 * Policies over three truth values (Kleene): true, false and 'unknown', which is denial in the end. A policy is a list
 * of steps in postfix order, so that no depth of nesting meets the depth limits of the engine.
 */

/**
 * Whether every policy is true. identity: {claims, authenticator, consumer, groups}, each undefined where there is
 * none; request: see request.js, with `external(call, body)`: a promise of true, false or 'unknown'. Services are asked
 * only when the outcome is not certain without: from the left, each call once, only those that can make it true.
 */
async function allHold(policies, identity, request) {
  if (policies.length === 0) return true;
  const steps = [].concat.apply([], policies).concat([{ kind: 'all', count: policies.length }]);
  const leaves = steps.map((step) =>
    isLeaf(step) && step.kind !== 'external' ? rule.truth(step, identity, request) : undefined,
  );
  const answers = {};
  for (;;) {
    const prospects = weigh(steps, (step, i) => (step.kind === 'external' ? answers[step.call] : leaves[i]));
    const next = nextQuestion(steps, prospects);
    if (next === undefined) return prospects[steps.length - 1].now === true;
    const body = question.body(next.send, identity, request);
    const answer = await request.external(next.call, body);
    answers[next.call] = typeof answer === 'boolean' ? answer : 'unknown';
  }
}

/** The truth of one policy; answers: the truth of each external call, by its index. */
function evaluate(steps, identity, request, answers) {
  const prospects = weigh(steps, (step) => {
    return step.kind === 'external' ? answers[step.call] : rule.truth(step, identity, request);
  });
  return prospects[steps.length - 1].now;
}

function isLeaf(step) {
  return step.kind !== 'all' && step.kind !== 'any' && step.kind !== 'not';
}

/**
 * For each step what it and its parts are: {now, mayHold, mayFail}. `now` takes a leaf whose truth is undefined, a
 * question without an answer, for unknown; the others say what it may still become.
 */
function weigh(steps, truthOf) {
  const stack = [];
  const prospects = steps.map((step, i) => {
    const one = isLeaf(step) ? ofTruth(truthOf(step, i)) : ofParts(step, popped(stack, step));
    stack.push(one);
    return one;
  });
  if (stack.length !== 1) throw new Error('a policy leaves no single value');
  return prospects;
}

function popped(stack, step) {
  const count = step.kind === 'not' ? 1 : step.count;
  if (stack.length < count) throw new Error('a policy lacks a value');
  return stack.splice(stack.length - count, count);
}

function ofTruth(truth) {
  if (truth === undefined) return { now: 'unknown', mayHold: true, mayFail: true };
  return { now: truth, mayHold: truth === true, mayFail: truth === false };
}

function ofParts(step, parts) {
  if (step.kind === 'not') {
    return { now: rule.negation(parts[0].now), mayHold: parts[0].mayFail, mayFail: parts[0].mayHold };
  }
  const truths = parts.map((one) => one.now);
  if (step.kind === 'all') {
    return {
      now: rule.conjunction(truths),
      mayHold: parts.every((one) => one.mayHold),
      mayFail: parts.some((one) => one.mayFail),
    };
  }
  return {
    now: rule.disjunction(truths),
    mayHold: parts.some((one) => one.mayHold),
    mayFail: parts.every((one) => one.mayFail),
  };
}

/**
 * The first external step whose answer can help to make the whole true. Backwards the steps are in prefix order:
 * each passes to its parts what they are wanted to be, undefined where nothing depends on them.
 */
function nextQuestion(steps, prospects) {
  const wanted = [true];
  let first;
  for (let i = steps.length - 1; i >= 0; i -= 1) {
    const want = wanted.pop();
    const one = prospects[i];
    const open = want !== undefined && one.now !== want && (want ? one.mayHold : one.mayFail);
    if (steps[i].kind === 'not') wanted.push(open ? !want : undefined);
    else if (!isLeaf(steps[i])) {
      for (let part = 0; part < steps[i].count; part += 1) wanted.push(open ? want : undefined);
    } else if (open && steps[i].kind === 'external') first = steps[i];
  }
  return first;
}

export default { allHold, evaluate };
