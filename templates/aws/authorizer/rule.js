import { claimAt, isExact, rolesOf, scalarText, scopesOf } from './claims.js';
import { disjunction, negation } from './kleene.js';
import { unheardOf } from './unheard-of.js';

/*
 * The single rules of policies. They are 'unknown' where an operand is missing or cannot be compared.
 */

/** The truth of an expression that has no parts, but for questions to services. */
export function truthOf(rule, identity, request) {
  switch (rule.kind) {
    case 'scope':
      return holds(identity.claims && scopesOf(identity.claims, identity.authenticator), rule.scope);
    case 'role':
      return holds(identity.claims && rolesOf(identity.claims, identity.authenticator), rule.role);
    case 'group':
      return holds(identity.groups, rule.group);
    case 'ip':
      return PARTS.addresses.isInRanges(request.address(), rule.ranges);
    case 'claim':
      return identity.claims === undefined
        ? 'unknown'
        : testClaim(claimAt(identity.claims, rule.claim), rule.test);
    case 'compare':
      return compare(
        operand(rule.left, identity, request),
        rule.operator,
        operand(rule.right, identity, request),
      );
    default:
      return unheardOf(rule.kind);
  }
}

function holds(words, word) {
  return words === undefined ? 'unknown' : words.includes(word);
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
      return unheardOf(test.kind);
  }
}

/** {text} of the request, {json} of the token or the document, undefined when it is missing. */
function operand(of, identity, request) {
  switch (of.kind) {
    case 'claim':
      return json(identity.claims && claimAt(identity.claims, of.claim));
    case 'literal':
      return json(of.value);
    case 'consumer':
      return json(identity.consumer);
    case 'path':
      return text(request.pathParameter(of.name));
    case 'query':
      return text(single(request.query(of.name)));
    case 'header':
      return text(headerValue(request.header(of.name)));
    default:
      return unheardOf(of.kind);
  }
}

function json(value) {
  return value === undefined ? undefined : { json: value };
}

function text(value) {
  return value === undefined ? undefined : { text: value };
}

function single(values) {
  return values.length === 1 ? values[0] : undefined;
}

/** An empty line counts as missing. Which bytes a character beyond ASCII was, API Gateway does not say. */
function headerValue(lines) {
  const value = single(lines);
  return value === '' || /[^\x00-\x7f]/.test(value) ? undefined : value;
}

function compare(left, operator, right) {
  if (left === undefined || right === undefined) return 'unknown';
  switch (operator) {
    case '==':
      return equal(left, right);
    case '!=':
      return negation(equal(left, right));
    case 'in':
      return Array.isArray(right.json)
        ? disjunction(right.json.map((one) => equal(left, json(one))))
        : 'unknown';
    default:
      return unheardOf(operator);
  }
}

/** Text of the request compares with the JSON text of a scalar, JSON with JSON of the same type. */
function equal(left, right) {
  if (left.text === undefined && right.text === undefined) return same(left.json, right.json);
  const [a, b] = [left, right].map((side) => side.text ?? scalarText(side.json));
  return a === undefined || b === undefined ? 'unknown' : a === b;
}

function same(left, right) {
  if (typeof left === 'object' || typeof left !== typeof right) return 'unknown';
  if (typeof left === 'number' && !(isExact(left) && isExact(right))) return 'unknown';
  return left === right;
}
