import address from './address.js';
import claims from './claims.js';

/*
 * Policies over three truth values (Kleene): true, false and 'unknown', which is denial in the end. A policy is a list
 * of steps in postfix order, so that no depth of nesting meets the depth limits of the engine.
 */

/** Whether every policy is true. subject: {claims, authenticator}; request: see request.js. */
function allHold(policies, subject, request) {
  return policies.every((steps) => evaluate(steps, subject, request) === true);
}

/** The truth of one policy. */
function evaluate(steps, subject, request) {
  const stack = [];
  for (let i = 0; i < steps.length; i += 1) {
    const step = steps[i];
    if (step.kind === 'all') stack.push(conjunction(popped(stack, step.count)));
    else if (step.kind === 'any') stack.push(disjunction(popped(stack, step.count)));
    else if (step.kind === 'not') stack.push(negation(popped(stack, 1)[0]));
    else stack.push(leaf(step, subject, request));
  }
  if (stack.length !== 1) throw new Error('a policy leaves no single value');
  return stack[0];
}

function popped(stack, count) {
  if (stack.length < count) throw new Error('a policy lacks a value');
  return stack.splice(stack.length - count, count);
}

function negation(truth) {
  return truth === 'unknown' ? truth : !truth;
}

function conjunction(truths) {
  return negation(disjunction(truths.map(negation)));
}

function disjunction(truths) {
  if (truths.indexOf(true) !== -1) return true;
  return truths.indexOf('unknown') !== -1 ? 'unknown' : false;
}

function leaf(step, subject, request) {
  switch (step.kind) {
    case 'scope':
      return holds(claims.scopes(subject.claims, subject.authenticator), step.scope);
    case 'role':
      return holds(claims.roles(subject.claims, subject.authenticator), step.role);
    case 'ip':
      return inRanges(address.parse(request.value(step.input)), step.ranges);
    case 'claim':
      return testClaim(claims.at(subject.claims, step.claim), step.test);
    case 'compare':
      return compare(
        operand(step.left, subject, request),
        step.operator,
        operand(step.right, subject, request),
      );
    default:
      throw new Error(`no policy step is called ${step.kind}`);
  }
}

function holds(words, word) {
  return words === undefined ? 'unknown' : words.indexOf(word) !== -1;
}

function inRanges(bytes, ranges) {
  if (bytes === undefined) return 'unknown';
  return ranges.some((range) => address.isIn(bytes, range));
}

function testClaim(value, test) {
  if (test.kind === 'exists') return (value !== undefined) === test.expected;
  if (value === undefined) return 'unknown';
  switch (test.kind) {
    case 'equals':
      return same(value, test.value);
    case 'in':
      return disjunction(test.values.map((one) => same(value, one)));
    case 'contains':
      return Array.isArray(value) ? disjunction(value.map((one) => same(one, test.value))) : 'unknown';
    default:
      throw new Error(`no claim test is called ${test.kind}`);
  }
}

/** {text} from the request, {json} from the token or the document, undefined when it is missing. */
function operand(of, subject, request) {
  switch (of.kind) {
    case 'claim':
      return json(claims.at(subject.claims, of.claim));
    case 'literal':
      return json(of.value);
    case 'path':
      return text(request.pathParameter(of.input, of.name));
    case 'query':
      return text(request.queryParameter(of.input, of.name));
    case 'header':
      return text(request.header(of.input));
    default:
      throw new Error(`no operand is called ${of.kind}`);
  }
}

function json(value) {
  return value === undefined ? undefined : { isText: false, value: value };
}

function text(value) {
  return value === undefined ? undefined : { isText: true, value: value };
}

function compare(left, operator, right) {
  if (left === undefined || right === undefined) return 'unknown';
  switch (operator) {
    case '==':
      return equal(left, right);
    case '!=':
      return negation(equal(left, right));
    case 'in':
      if (right.isText || !Array.isArray(right.value)) return 'unknown';
      return disjunction(right.value.map((one) => equal(left, json(one))));
    default:
      throw new Error(`no operator is called ${operator}`);
  }
}

/** Text of the request compares with the JSON text of a scalar, JSON with JSON of the same type. */
function equal(left, right) {
  if (!left.isText && !right.isText) return same(left.value, right.value);
  const a = left.isText ? left.value : claims.scalarText(left.value);
  const b = right.isText ? right.value : claims.scalarText(right.value);
  return a === undefined || b === undefined ? 'unknown' : a === b;
}

function same(left, right) {
  if (typeof left === 'object' || typeof right === 'object' || typeof left !== typeof right) return 'unknown';
  if (typeof left === 'number' && !(claims.isExact(left) && claims.isExact(right))) return 'unknown';
  return left === right;
}

export default { allHold, evaluate };
