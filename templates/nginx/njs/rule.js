import address from './address.js';
import claims from './claims.js';

/*
 * The single rules of policies, over three truth values: true, false and 'unknown', where an operand is missing or
 * cannot be compared.
 */

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

/** The truth of a step that has no parts, but for questions to services. */
function truth(step, identity, request) {
  switch (step.kind) {
    case 'scope':
      return holds(words(claims.scopes, identity), step.scope);
    case 'role':
      return holds(words(claims.roles, identity), step.role);
    case 'group':
      return holds(identity.groups, step.group);
    case 'ip':
      return inRanges(address.parse(request.value(step.input)), step.ranges);
    case 'claim':
      return identity.claims === undefined
        ? 'unknown'
        : testClaim(claims.at(identity.claims, step.claim), step.test);
    case 'compare':
      return compare(
        operand(step.left, identity, request),
        step.operator,
        operand(step.right, identity, request),
      );
    default:
      throw new Error(`no policy step is called ${step.kind}`);
  }
}

function words(read, identity) {
  return identity.claims === undefined ? undefined : read(identity.claims, identity.authenticator);
}

function holds(held, word) {
  return held === undefined ? 'unknown' : held.indexOf(word) !== -1;
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
function operand(of, identity, request) {
  switch (of.kind) {
    case 'claim':
      return json(claims.at(identity.claims, of.claim));
    case 'literal':
      return json(of.value);
    case 'consumer':
      return json(identity.consumer);
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

export default { truth, negation, conjunction, disjunction };
