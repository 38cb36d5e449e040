/** Kleene's strong three values. `unknown` at the top of a policy is denial. */
export type Truth = true | false | 'unknown';

export function negate(truth: Truth): Truth {
  return truth === 'unknown' ? truth : !truth;
}

/** False when one is false, else unknown when one is unknown; true for none. */
export function conjunction(truths: Iterable<Truth>): Truth {
  return negate(disjunction([...truths].map(negate)));
}

/** True when one is true, else unknown when one is unknown; false for none. */
export function disjunction(truths: Iterable<Truth>): Truth {
  let result: Truth = false;
  for (const truth of truths) {
    if (truth === true) return true;
    if (truth === 'unknown') result = 'unknown';
  }
  return result;
}
