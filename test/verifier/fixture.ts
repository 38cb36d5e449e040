import type { Operation, OperationFeatures } from '../../src/model/gateway.ts';
import type { Expression, Operand } from '../../src/model/policy.ts';
import {
  anyOf,
  authenticator,
  gateway,
  host,
  operation,
  range,
  required,
  route,
  site,
  sourced,
  verificationKey,
} from '../support/model.ts';
import { type Claims, mint, type SigningKey, signingKey } from '../support/tokens.ts';

/** The gateway that the verifier's cases are about. */
export const keys = {
  rs: signingKey('RS256', 'user-rs'),
  es: signingKey('ES256', 'user-es'),
  ps: signingKey('PS256', 'user-ps'),
  /** In nobody's key set. */
  stranger: signingKey('ES256', 'stranger'),
  session: signingKey('ES256', 'session'),
} as const;

export const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
] as const;
export const algorithmKeys = algorithms.map((algorithm) => signingKey(algorithm, `all-${algorithm}`));

const user = authenticator('user', {
  from: sourced([{ kind: 'header', name: 'Authorization' }]),
  forward: [
    { header: 'X-User-Id', fact: { kind: 'claim', claim: ['sub'] } },
    { header: 'X-User-Groups', fact: { kind: 'claim', claim: ['groups'] } },
    { header: 'X-User-Level', fact: { kind: 'claim', claim: ['level'] } },
    { header: 'X-Tenant', fact: { kind: 'claim', claim: ['app', 'https://example.com/tenant'] } },
  ],
  keys: sourced([keys.rs, keys.es, keys.ps].map(verificationKey)),
});
const session = authenticator('Session', {
  issuer: sourced('https://session.test/'),
  from: sourced([
    { kind: 'cookie', name: 'session' },
    { kind: 'header', name: 'X-Session' },
  ]),
  scopeClaims: [['permissions', 'scopes']],
  forward: [{ header: 'X-Session-Id', fact: { kind: 'claim', claim: ['sid'] } }],
  keys: sourced([verificationKey(keys.session)]),
});
const every = authenticator('every', {
  algorithms: sourced(algorithms),
  keys: sourced(algorithmKeys.map(verificationKey)),
});

const claim = (...path: readonly string[]): Operand => ({ kind: 'claim', claim: path });
const equal = (left: Operand, right: Operand): Expression => ({
  kind: 'compare',
  left,
  operator: '==',
  right,
});
const owner = equal(claim('sub'), { kind: 'path', name: 'userId' });

const guarded = (
  id: string,
  authentication: OperationFeatures['authentication']['value'],
  policies: readonly Expression[] = [],
  method = 'GET',
): Operation =>
  operation(method, {
    id,
    authentication: sourced(authentication),
    authorization: policies.length === 0 ? undefined : policies.map((policy) => sourced(policy)),
  });

const either = anyOf([
  [{ authenticator: 'user', scopes: ['read'] }],
  [{ authenticator: 'Session', scopes: [] }],
]);
const both = anyOf([
  [
    { authenticator: 'user', scopes: ['read'] },
    { authenticator: 'Session', scopes: ['write'] },
  ],
]);

/** The second alternative needs what the first has already verified. */
const again = anyOf([
  [{ authenticator: 'user', scopes: ['read'] }],
  [
    { authenticator: 'user', scopes: [] },
    { authenticator: 'Session', scopes: [] },
  ],
]);

export const operations = {
  open: operation('GET', { id: 'open' }),
  plain: guarded('plain', required('user')),
  scoped: guarded('scoped', required('user', ['orders:read', 'orders:write'])),
  optional: guarded('optional', anyOf([[{ authenticator: 'user', scopes: [] }]], 'optional')),
  optionalOwner: guarded('optionalOwner', anyOf([[{ authenticator: 'user', scopes: [] }]], 'optional'), [
    owner,
  ]),
  either: guarded('either', either),
  both: guarded('both', both),
  again: guarded('again', again),
  session: guarded('session', required('Session')),
  change: guarded('change', required('Session'), [], 'POST'),
  changeEither: guarded('changeEither', either, [], 'DELETE'),
  every: guarded('every', required('every')),
  owner: guarded('owner', required('user'), [owner]),
  tenant: guarded('tenant', required('user'), [equal({ kind: 'query', name: 'tenant' }, claim('tenant'))]),
  region: guarded('region', required('user'), [equal({ kind: 'header', name: 'x-region' }, claim('region'))]),
  office: guarded('office', required('user'), [
    { kind: 'ip', ranges: [range('10.0.0.0/8'), range('2001:db8::/32')] },
  ]),
  head: guarded('head', required('user'), [equal({ kind: 'method' }, { kind: 'literal', value: 'GET' })]),
  admin: guarded(
    'admin',
    required('user'),
    [
      { kind: 'any', of: [owner, { kind: 'policy', name: 'admin', is: { kind: 'role', role: 'admin' } }] },
      { kind: 'not', of: { kind: 'claim', claim: ['suspended'], test: { kind: 'equals', value: true } } },
    ],
    'PUT',
  ),
} as const;

const plainRoutes = Object.values(operations)
  .filter((one) => one !== operations.owner && one !== operations.admin)
  .map((one) => route(`/${one.id}`, [one]));

export const shop = gateway({
  name: 'shop',
  authenticators: [user, session, every],
  sites: [
    site(
      [...plainRoutes, route('/v1/users/{userId}.json', [operations.owner, operations.admin])],
      [host('shop.test'), host('shop.test', 'http', 8080)],
    ),
    site([route('/internal/change', [operations.change])], [host('admin.test', 'https', 8443)]),
  ],
});

/** Claims that pass, but for what is overridden; a member that is `undefined` is left out. */
export const goodClaims = (now: number, changes: Claims = {}): Claims => ({
  iss: 'https://id.test/',
  aud: 'api',
  sub: 'alice',
  iat: now - 60,
  exp: now + 3600,
  ...changes,
});

export const userToken = (
  now: number,
  changes: Claims = {},
  header: Claims = {},
  key: SigningKey = keys.es,
): string => mint(goodClaims(now, changes), { key, header });

export const sessionToken = (now: number, changes: Claims = {}, header: Claims = {}): string =>
  mint(goodClaims(now, { iss: 'https://session.test/', sid: 's-1', ...changes }), {
    key: keys.session,
    header,
  });
