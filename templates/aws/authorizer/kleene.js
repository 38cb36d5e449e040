/*
 * Kleene's three truth values: true, false and 'unknown', which at the top of a policy is denial.
 */

export function negation(truth) {
  return truth === 'unknown' ? truth : !truth;
}

/** False when one is false, else unknown when one is unknown; true for none. */
export function conjunction(truths) {
  return negation(disjunction(truths.map(negation)));
}

/** True when one is true, else unknown when one is unknown; false for none. */
export function disjunction(truths) {
  if (truths.includes(true)) return true;
  return truths.includes('unknown') ? 'unknown' : false;
}
