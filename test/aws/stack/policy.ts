import { isWithin, parseAddress } from './addresses.ts';
import { isRecord, type Json, type JsonRecord, listOf, recordOf, textOf } from './json.ts';

export type PolicyResult = 'allowed' | 'explicit deny' | 'implicit deny';

/** What is asked of a policy. */
export interface PolicyRequest {
  readonly action: string;
  readonly resource: string;
  /** Condition keys by lower-case name. */
  readonly keys: Readonly<Record<string, string | undefined>>;
}

/**
 * Evaluates a policy (IAM User Guide, "Policy evaluation logic"): an explicit deny wins, without an allow nothing is
 * allowed. `*` matches any text, `/` included, and `?` any character (IAM JSON policy elements, Resource).
 */
export function evaluatePolicy(policy: JsonRecord, request: PolicyRequest): PolicyResult {
  const written = policy['Statement'];
  const statements = Array.isArray(written) ? written : [written];
  let allowed = false;
  for (const statement of statements) {
    const one = recordOf(statement, 'Statement');
    if (!applies(one, request)) continue;
    const effect = textOf(one['Effect'], 'Effect');
    if (effect === 'Deny') return 'explicit deny';
    if (effect !== 'Allow') throw new Error(`no effect: ${effect}`);
    allowed = true;
  }
  return allowed ? 'allowed' : 'implicit deny';
}

const elements = ['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition'];

function applies(statement: JsonRecord, { action, keys, resource }: PolicyRequest): boolean {
  const unknown = Object.keys(statement).filter((name) => !elements.includes(name));
  if (unknown.length > 0) throw new Error(`no elements of a statement that are known: ${unknown.join(', ')}`);
  const actions = texts(statement['Action'], 'Action');
  const resources = texts(statement['Resource'], 'Resource');
  return (
    actions.some((pattern) => matchesWildcards(pattern.toLowerCase(), action.toLowerCase())) &&
    resources.some((pattern) => matchesWildcards(pattern, resource)) &&
    Object.entries(isRecord(statement['Condition']) ? statement['Condition'] : {}).every(
      ([operator, tests]) => conditionHolds(operator, recordOf(tests, operator), keys),
    )
  );
}

/** IAM JSON policy elements, "Condition operators". A negated operator holds where the key is absent. */
function conditionHolds(operator: string, tests: JsonRecord, keys: PolicyRequest['keys']): boolean {
  return Object.entries(tests).every(([key, values]) => {
    const name = key.toLowerCase();
    if (!Object.hasOwn(keys, name)) throw new Error(`no condition key that is known: ${key}`);
    const actual = keys[name];
    const wanted = texts(values as Json, key);
    switch (operator) {
      case 'IpAddress':
        return actual !== undefined && wanted.some((range) => isInRange(actual, range));
      case 'NotIpAddress':
        return actual === undefined || !wanted.some((range) => isInRange(actual, range));
      case 'StringEquals':
        return actual !== undefined && wanted.includes(actual);
      case 'StringNotEquals':
        return actual === undefined || !wanted.includes(actual);
      default:
        throw new Error(`no condition operator that is known: ${operator}`);
    }
  });
}

function isInRange(address: string, range: string): boolean {
  const parsed = parseAddress(address);
  return parsed !== undefined && isWithin(parsed, range);
}

export function matchesWildcards(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`).test(text);
}

function texts(value: Json | undefined, where: string): readonly string[] {
  if (typeof value === 'string') return [value];
  return listOf(value, where).map((one) => textOf(one, where));
}
