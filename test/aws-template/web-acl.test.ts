import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgePath } from '../../src/decide/path-profile.ts';
import type { IpAccess, Operation } from '../../src/model/gateway.ts';
import type { Waf, WafMode } from '../../src/model/inspection.ts';
import type { PathCharacter } from '../../src/model/path.ts';
import type { RateLimit } from '../../src/model/traffic.ts';
import { limits } from '../../src/targets/aws/features/limits.ts';
import type { AwsPlan } from '../../src/targets/aws/plan.ts';
import { type Inspection, webAclFragment } from '../../src/targets/aws/web-acl/web-acl.ts';
import { gateway, host, limit, operation, range, route, site, sourced } from '../support/model.ts';
import { plan } from './plan.ts';
import { matches, type WebRequest } from './web-requests.ts';

interface EmittedRule {
  readonly Name: string;
  readonly Priority: number;
  readonly Action?: { readonly Block?: { readonly CustomResponse?: { readonly ResponseCode: number } } };
  readonly OverrideAction?: unknown;
  readonly Statement: {
    readonly ManagedRuleGroupStatement?: { readonly Name: string; readonly ScopeDownStatement?: unknown };
    readonly RateBasedStatement?: { readonly Limit: number; readonly AggregateKeyType: string };
  };
}

const everyone: Inspection = {
  waf: undefined,
  geo: undefined,
  modeOf: () => undefined,
  limitsOf: () => undefined,
  accessOf: () => undefined,
  entrance: undefined,
};

const rulesOf = (made: AwsPlan, inspection: Partial<Inspection>): readonly EmittedRule[] => {
  const { Resources = {} } = webAclFragment(made, { ...everyone, ...inspection });
  return (Resources['WebAcl']?.Properties['Rules'] ?? []) as unknown as readonly EmittedRule[];
};

/** Names of the rules that block a request or count it. */
const hit = (rules: readonly EmittedRule[], request: WebRequest): readonly string[] =>
  rules
    .filter(({ Statement }) => {
      const group = Statement.ManagedRuleGroupStatement;
      if (group === undefined) return matches(Statement, request);
      return group.ScopeDownStatement === undefined || matches(group.ScopeDownStatement, request);
    })
    .map(({ Name }) => Name);

const waf = (changes: Partial<Waf> = {}): Waf => ({
  mode: 'block',
  rules: ['owasp-crs', 'known-bad-inputs'],
  paranoia: 1,
  exclude: [],
  ...changes,
});

const named = (id: string, method = 'GET', changes = {}): Operation => operation(method, { id, ...changes });

const mode =
  (modes: Readonly<Record<string, WafMode>>) =>
  ({ id }: Operation): WafMode | undefined =>
    modes[id];

describe('a gateway that needs nothing of AWS WAF', () => {
  test('has no web ACL to pay for', () => {
    expect(webAclFragment(plan(), everyone)).toEqual({});
  });
});

describe('paths that are not canonical are refused', () => {
  const rules = rulesOf(plan(), { waf: waf(), modeOf: () => 'block' });
  const isRefused = (path: string): boolean => hit(rules, { path }).some((name) => name.startsWith('path-'));

  test.each([
    '/admin%2fx',
    '/x/../admin',
    '/x/%2e%2e/a',
    '//a',
    '/a//b',
    '/%61dmin',
    '/a;b',
    '/a%00',
    '/%zz',
    '/%ff',
  ])('%s', (path) => {
    expect(isRefused(path)).toBe(true);
  });

  const byte = fc.constantFrom(
    ...'/.;%25aAfF09ce0bd~-_!+[]',
    '%2e',
    '%2F',
    '%c3%a9',
    '%ed%a0%80',
    '%f0%9f%98%80',
  );

  test('as the specification says, whatever the path', () => {
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 12 }), (bytes) => {
        const path = `/${bytes.join('')}`;
        expect(isRefused(path), path).toBe(judgePath(path).kind !== 'canonical');
      }),
      { numRuns: 3000 },
    );
  });

  test('with a status of their own', () => {
    const statuses = rules.filter(({ Name }) => Name.startsWith('path-')).map(({ Action }) => Action);
    for (const action of statuses) expect(action?.Block?.CustomResponse?.ResponseCode).toBe(400);
    expect(statuses).toHaveLength(2);
  });

  test('but for the characters that the parameters of an operation may carry, on its paths', () => {
    const characters: readonly PathCharacter[] = ['%2F'];
    const relaxed = named('files', 'GET', { pathCharacters: sourced({ characters, reason: 'ids' }) });
    const made = plan({
      sites: [site([route('/files/{id}', [relaxed]), route('/other/{id}', [named('b')])])],
    });
    const some = rulesOf(made, { waf: waf(), modeOf: () => 'block' });
    const refused = (path: string): boolean => hit(some, { path }).some((name) => name.startsWith('path-'));
    expect(refused('/files/a%2Fb')).toBe(false);
    expect(refused('/files/a%2F..%2Fb')).toBe(true);
    expect(refused('/files/a%5Cb')).toBe(true);
    expect(refused('/other/a%2Fb')).toBe(true);
  });
});

test('a header that back ends could take for one of the gateway is refused', () => {
  const made = plan({ ownedHeaders: ['X-User-Id'] });
  const rules = rulesOf(made, { waf: waf(), modeOf: () => 'block' });
  const isRefused = (name: string): boolean =>
    hit(rules, { path: '/', headers: { [name]: '1' } }).some((one) => one.startsWith('lookalike'));
  expect(['X_User_Id', 'x_user-id', 'X-USER_ID'].map(isRefused)).toEqual([true, true, true]);
  expect(['X-User-Id', 'X_Users_Id', 'session_id'].map(isRefused)).toEqual([false, false, false]);
});

describe('lists of addresses that differ by operation', () => {
  const office: IpAccess = { allow: [[range('192.0.2.0/24'), range('2001:db8::/32')]], deny: [] };
  const banned: IpAccess = { allow: [], deny: [range('0.0.0.0/0')] };
  const access: Readonly<Record<string, IpAccess>> = { admin: office, write: banned };
  const made = plan({
    sites: [
      site([
        route('/users/me', [named('me')]),
        route('/users/{id}', [named('read'), named('write', 'POST')]),
        route('/admin', [named('admin')]),
      ]),
    ],
  });
  const inspection = { accessOf: ({ id }: Operation) => access[id] };
  const rules = rulesOf(made, inspection);
  const sets = Object.entries(webAclFragment(made, { ...everyone, ...inspection }).Resources ?? {}).filter(
    ([, { Type }]) => Type === 'AWS::WAFv2::IPSet',
  );
  const inside = sets.filter(([, set]) => JSON.stringify(set).includes('192.0.2.0/24')).map(([id]) => id);
  const everywhere = sets.filter(([, set]) => JSON.stringify(set).includes('128.0.0.0/1')).map(([id]) => id);
  const isBlocked = (request: WebRequest): boolean =>
    hit(rules, request).some((name) => name.startsWith('addresses'));

  test('an allowed address passes, others do not', () => {
    expect(isBlocked({ path: '/admin', sets: inside })).toBe(false);
    expect(isBlocked({ path: '/admin' })).toBe(true);
  });

  test('with the name of the stage in front, in whichever form AWS WAF shows it', () => {
    expect(isBlocked({ path: '/live/admin' })).toBe(true);
  });

  test('the list of a parameter is not that of the literal beside it', () => {
    expect(isBlocked({ path: '/users/7', method: 'POST', sets: everywhere })).toBe(true);
    expect(isBlocked({ path: '/users/7', method: 'GET', sets: everywhere })).toBe(false);
    expect(isBlocked({ path: '/users/me', method: 'POST', sets: everywhere })).toBe(false);
  });

  test('a range of every address is two halves, for a set takes no /0', () => {
    expect(JSON.stringify(sets)).not.toContain('/0"');
  });

  test('an empty list allows nobody', () => {
    const nobody = rulesOf(plan(), { accessOf: () => ({ allow: [[]], deny: [] }) });
    expect(hit(nobody, { path: '/' })).toContain('addresses-1-allow');
  });
});

describe('sites with one path and different guards', () => {
  const made = plan({
    sites: [
      site([route('/x', [named('open')])], [host('open.test')]),
      site([route('/x', [named('closed')])], [host('closed.test')]),
    ],
  });
  const rules = rulesOf(made, {
    accessOf: ({ id }) => (id === 'closed' ? { allow: [[]], deny: [] } : undefined),
  });
  const isBlocked = (name: string): boolean =>
    hit(rules, { path: '/x', host: name }).includes('addresses-1-allow');

  test('are told apart by the host, and a name that is neither is guarded', () => {
    expect(isBlocked('open.test')).toBe(false);
    expect(isBlocked('OPEN.test')).toBe(false);
    expect(isBlocked('closed.test')).toBe(true);
    expect(isBlocked('closed.test.')).toBe(true);
  });
});

test('countries are denied, and where some are allowed all others are', () => {
  const rules = rulesOf(plan(), { geo: { allow: ['DE', 'FR'], deny: ['FR'] } });
  const blocked = (country: string): boolean =>
    hit(rules, { path: '/', country }).some((name) => name.startsWith('countries'));
  expect(['DE', 'FR', 'US', ''].map(blocked)).toEqual([false, true, true, true]);
});

describe('limits that AWS WAF counts', () => {
  const rates = (asked: RateLimit, others: readonly RateLimit[] = []) => {
    const one = named('one', 'POST', { limits: [sourced(asked)] });
    const two = named('two', 'POST', { limits: others.map((other) => sourced(other)) });
    const made = plan({ sites: [site([route('/one', [one]), route('/two', [two])])] });
    const limitsOf = (of: Operation) => {
      const outcome = limits.lower(of.features.limits ?? [], { gateway: made.gateway, operation: of });
      return outcome.kind === 'unsupported' ? undefined : outcome.part;
    };
    return rulesOf(made, { limitsOf }).filter(({ Name }) => Name.startsWith('rate'));
  };

  test('answer 429 and say when to come again', () => {
    const [rule] = rates(limit({ count: 5 }));
    expect(rule?.Action?.Block?.CustomResponse).toMatchObject({
      ResponseCode: 429,
      ResponseHeaders: expect.arrayContaining([{ Name: 'Retry-After', Value: '60' }]),
    });
    expect(rule?.Statement.RateBasedStatement).toMatchObject({ Limit: 300, AggregateKeyType: 'IP' });
  });

  test('count the requests of their operations only', () => {
    const rules = rates(limit({ count: 5 }));
    expect(hit(rules, { path: '/one', method: 'POST' })).toEqual(['rate-1']);
    expect(hit(rules, { path: '/two', method: 'POST' })).toEqual([]);
  });

  test('of one bucket are one rule', () => {
    const shared = limit({ count: 5 });
    const rules = rates(shared, [shared]);
    expect(hit(rules, { path: '/one' })).toEqual(['rate-1']);
    expect(hit(rules, { path: '/two' })).toEqual(['rate-1']);
  });

  test('for each value of a header, and for each address where the header is left out', () => {
    const rules = rates(limit({ count: 5, per: { kind: 'header', name: 'x-tenant' } }));
    expect(rules.map(({ Statement }) => Statement.RateBasedStatement?.AggregateKeyType)).toEqual([
      'CUSTOM_KEYS',
      'IP',
    ]);
    const headers = { 'X-Tenant': 'a' };
    expect(hit(rules, { path: '/one', headers })).toEqual(['rate-1']);
    expect(hit(rules, { path: '/one' })).toContain('rate-1-without');
  });
});

describe('inspection of content', () => {
  const sites = [site([route('/a', [named('a', 'POST')]), route('/b', [named('b', 'POST')])])];
  const groups = (rules: readonly EmittedRule[], path: string): readonly string[] =>
    hit(
      rules.filter(({ OverrideAction }) => OverrideAction !== undefined),
      { path, method: 'POST' },
    );

  test('is done by groups that AWS keeps, which block', () => {
    const rules = rulesOf(plan({ sites }), { waf: waf(), modeOf: () => 'block' });
    expect(groups(rules, '/a')).toEqual([
      'AWSManagedRulesCommonRuleSet',
      'AWSManagedRulesSQLiRuleSet',
      'AWSManagedRulesKnownBadInputsRuleSet',
    ]);
    for (const { OverrideAction } of rules.filter((one) => one.OverrideAction !== undefined))
      expect(OverrideAction).toEqual({ None: {} });
  });

  test('only counts where the document says detect, and everywhere else blocks', () => {
    const rules = rulesOf(plan({ sites }), {
      waf: waf({ rules: ['known-bad-inputs'] }),
      modeOf: mode({ a: 'block', b: 'detect' }),
    });
    const [onA] = groups(rules, '/a');
    const [onB] = groups(rules, '/b');
    const actionOf = (name = '') => rules.find(({ Name }) => Name === name)?.OverrideAction;
    expect(groups(rules, '/a')).toHaveLength(1);
    expect(groups(rules, '/b')).toHaveLength(1);
    expect(actionOf(onA)).toEqual({ None: {} });
    expect(actionOf(onB)).toEqual({ Count: {} });
    expect(groups(rules, '/elsewhere')).toEqual([onA]);
  });

  test('leaves out an operation without it', () => {
    const rules = rulesOf(plan({ sites }), {
      waf: waf({ rules: ['known-bad-inputs'], mode: 'off' }),
      modeOf: mode({ a: 'block' }),
    });
    expect(groups(rules, '/a')).toHaveLength(1);
    expect(groups(rules, '/b')).toEqual([]);
  });

  test('does not apply an excluded rule below its paths, and applies it elsewhere', () => {
    const rules = rulesOf(plan({ sites }), {
      waf: waf({
        rules: ['ip-reputation'],
        exclude: [
          sourced({ rule: 'AWSManagedReconnaissanceList', paths: ['/b'], reason: 'a scanner of ours' }),
        ],
      }),
      modeOf: () => 'block',
    });
    const overridden = (path: string): boolean =>
      groups(rules, path).some((name) =>
        JSON.stringify(rules.find(({ Name }) => Name === name)).includes('AWSManagedReconnaissanceList'),
      );
    expect(groups(rules, '/b')).toHaveLength(1);
    expect([overridden('/a'), overridden('/b')]).toEqual([false, true]);
  });

  test('refuses what it cannot see: a body beyond 64 KB', () => {
    const rules = rulesOf(plan({ sites }), { waf: waf(), modeOf: mode({ a: 'block', b: 'detect' }) });
    const refuses = (path: string, body: number): boolean =>
      hit(rules, { path, method: 'POST', body }).includes('body-not-inspected');
    expect([refuses('/a', 65_536), refuses('/a', 65_537), refuses('/b', 65_537)]).toEqual([
      false,
      true,
      false,
    ]);
  });

  test('refuses bodies above the size of the document by their declared length', () => {
    const rules = rulesOf(plan({ sites }), { waf: waf(), modeOf: () => 'block' });
    const refuses = (length: string): boolean =>
      hit(rules, { path: '/a', headers: { 'Content-Length': length } }).includes('body-above-1048576');
    expect(['0', '1048576', '999999'].map(refuses)).toEqual([false, false, false]);
    expect(['1048577', '1048600', '2000000', '00001048577', '99999999999'].map(refuses)).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
  });

  test('logs what was blocked without the headers that the document redacts', () => {
    const made = plan({
      sites,
      accessLog: { ...gateway().accessLog, redact: ['header.authorization', 'query.token'] },
    });
    const { Resources = {} } = webAclFragment(made, { ...everyone, waf: waf(), modeOf: () => 'block' });
    expect(Resources['WebAclLogging']?.Properties['RedactedFields']).toEqual([
      { SingleHeader: { Name: 'authorization' } },
      { QueryString: {} },
    ]);
    expect(Resources['WebAclLog']?.Properties['LogGroupName']).toEqual({
      'Fn::Sub': 'aws-waf-logs-${AWS::StackName}',
    });
  });
});

test('what needs more than a web ACL can hold is refused, not cut off', () => {
  const per = { kind: 'header', name: 'x-tenant' } as const;
  const many = Array.from({ length: 150 }, (_, one) =>
    route(`/${one}`, [named(`${one}`, 'POST', { limits: [sourced(limit({ per, bucket: `own-${one}` }))] })]),
  );
  const made = plan({ sites: [site(many)] });
  const limitsOf = (of: Operation) => {
    const outcome = limits.lower(of.features.limits ?? [], { gateway: made.gateway, operation: of });
    return outcome.kind === 'unsupported' ? undefined : outcome.part;
  };
  expect(() => rulesOf(made, { limitsOf })).toThrow(RangeError);
});
