import { describe, expect, test } from 'vitest';
import type { Waf, WafExclusion } from '../../src/model/inspection.ts';
import { waf, wafRules } from '../../src/targets/aws/features/inspection.ts';
import { gateway, operation, sourced } from '../support/model.ts';

const rules = (changes: Partial<Waf> = {}): Waf => ({
  mode: 'block',
  rules: ['known-bad-inputs'],
  paranoia: 1,
  exclude: [],
  ...changes,
});

const lowered = (changes: Partial<Waf>) => wafRules.lower(sourced(rules(changes)), gateway());

const excluding = (rule: string): Partial<Waf> => ({
  exclude: [sourced<WafExclusion>({ rule, paths: [], reason: 'a false positive' })],
});

describe('rules of AWS stand for those of the document', () => {
  test('exactly where they have the same purpose', () => {
    expect(lowered({})).toEqual({ kind: 'exact', part: rules() });
  });

  test('and that they are others than the Core Rule Set is said', () => {
    expect(lowered({ rules: ['owasp-crs'] })).toMatchObject({
      kind: 'exact',
      remark: expect.stringContaining('core and SQL rules'),
    });
  });

  test('a level of paranoia that they do not have is refused', () => {
    expect(lowered({ paranoia: 2 }).kind).toBe('unsupported');
  });
});

describe('exclusions', () => {
  test('of a rule of AWS hold', () => {
    expect(lowered(excluding('Log4JRCE_BODY'))).not.toHaveProperty('remark');
  });

  test('of a rule of the Core Rule Set exclude nothing here, which is said', () => {
    expect(lowered(excluding('942100'))).toMatchObject({
      kind: 'exact',
      remark: expect.stringContaining('942100'),
    });
  });

  test('of a rule that nobody has are refused, for API calls would be', () => {
    expect(lowered(excluding('Log4jRCE_BODY'))).toMatchObject({
      kind: 'unsupported',
      instead: expect.stringContaining('Log4JRCE_BODY'),
    });
  });
});

describe('bodies beyond what AWS WAF sees', () => {
  const one = (method: string, bytes: number, pointer = '/paths/~1/post') =>
    operation(method, { bodySize: sourced(bytes, pointer) });
  const judged = (of: ReturnType<typeof one>, mode: 'block' | 'detect' = 'block') =>
    waf.lower(sourced(mode), { gateway: gateway({ waf: sourced(rules()) }), operation: of });

  test('are a contradiction where the document wants them passed and inspected', () => {
    expect(judged(one('POST', 1_000_000, '/x-gateway/defaults/bodySize')).kind).toBe('unsupported');
  });

  test('are refused where it says nothing, and this is said', () => {
    expect(judged(one('POST', 1_000_000))).toMatchObject({ kind: 'exact', remark: expect.any(String) });
  });

  test('are no matter for GET, small bodies and mere detection', () => {
    expect(judged(one('GET', 1_000_000))).toEqual({ kind: 'exact', part: 'block' });
    expect(judged(one('POST', 64 * 1024))).toEqual({ kind: 'exact', part: 'block' });
    expect(judged(one('POST', 1_000_000), 'detect')).toEqual({ kind: 'exact', part: 'detect' });
  });
});
