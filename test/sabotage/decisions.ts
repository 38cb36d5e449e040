import type { Gateway, OperationFeatures } from '../../src/model/gateway.ts';
import type { Artifact } from '../../src/targets/target.ts';
import { brokenVerifier } from '../behaviour/faults.ts';
import { changing, edit, features, inTurn, type Sabotage } from './sabotage.ts';

const operations = /^conf\/operations-0-public\.conf$/;
const guards = /^conf\/guards\.conf$/;
const decision = /^njs\/decision\.js$/;
const policy = /^njs\/policy\.js$/;
const rule = /^njs\/rule\.js$/;
const request = /^njs\/request\.js$/;

/** Gateways that let somebody do what a guard forbids, or remember a decision for somebody else. */
export const decisionSabotages: readonly Sabotage[] = [
  ...['getAdmin', 'deleteAdmin', 'getUser', 'tieB'].map((id) => ({
    name: `${id} is not asked for`,
    rows: ['M3', 'N3', 'Z4', 'Z5'],
    alter: edit(
      operations,
      new RegExp(`(set \\$gw_operation "${id}";[^}]*?(?:\\}[^}]*?)*?)auth_request [^;]*;`),
      (_, before) => before ?? '',
    ),
  })),
  {
    name: 'a verifier that fails lets pass',
    rows: ['R7'],
    alter: inTurn(brokenVerifier, edit(/^njs\/gateway\.js$/, "r.return(500, '');", 'r.return(204);')),
  },
  {
    name: 'a verifier that fails is a missing credential',
    rows: ['R7'],
    alter: inTurn(brokenVerifier, edit(/^njs\/gateway\.js$/, "r.return(500, '');", "r.return(401, '');")),
  },
  { name: 'a cached decision for any path', rows: ['Z5', 'J25'], alter: keyWithout('gw_path') },
  { name: 'a cached decision for any credential', rows: ['J25'], alter: keyWithout('http_authorization') },
  { name: 'a cached decision for any session', rows: ['R2'], alter: keyWithout('gw_cookie_1') },
  { name: 'a cached decision for any address', rows: ['Z7', 'J25'], alter: keyWithout('remote_addr') },
  { name: 'a cached decision for any query', rows: ['P18'], alter: keyWithout('gw_args') },
  { name: 'a cached decision for any origin', rows: ['R11'], alter: keyWithout('http_origin') },
  {
    name: 'a cached decision for any guard',
    rows: ['R6', 'Z1'],
    alter: edit(guards, /proxy_cache_key "[0-9a-f]{32}/g, 'proxy_cache_key "'),
  },
  {
    name: 'any one of the scopes',
    rows: ['Z1'],
    alter: edit(decision, 'scopes.every(', 'scopes.some('),
  },
  {
    name: 'no scope is needed',
    rows: ['Z1', 'R6'],
    alterModel: alternatives((anyOf) => anyOf.map((all) => all.map((one) => ({ ...one, scopes: [] })))),
  },
  {
    name: 'any one of the policies',
    rows: ['Z4'],
    alter: edit(policy, "kind: 'all', count: policies.length", "kind: 'any', count: policies.length"),
  },
  {
    name: 'any one of all',
    rows: ['Z4'],
    alter: edit(policy, 'now: rule.conjunction(truths)', 'now: rule.disjunction(truths)'),
  },
  {
    name: 'all of any',
    rows: ['Z4'],
    alter: edit(policy, 'now: rule.disjunction(truths)', 'now: rule.conjunction(truths)'),
  },
  {
    name: 'not unknown is true',
    rows: ['Z4'],
    alter: edit(rule, "return truth === 'unknown' ? truth : !truth;", 'return truth !== true;'),
  },
  {
    name: 'unknown is enough',
    rows: ['Z4'],
    alter: edit(
      policy,
      'prospects[steps.length - 1].now === true',
      'prospects[steps.length - 1].now !== false',
    ),
  },
  {
    name: 'policies are forgotten',
    rows: ['Z3', 'Z4', 'Z5'],
    alterModel: features(undefined, () => ({ authorization: undefined })),
  },
  {
    name: 'the policy of the outer level is forgotten',
    rows: ['Z4'],
    alterModel: features('claimLevels', ({ authorization = [] }) => ({
      authorization: authorization.slice(1),
    })),
  },
  {
    name: 'types of claims do not count',
    rows: ['Z4'],
    alter: inTurn(
      edit(rule, '|| typeof left !== typeof right', ''),
      edit(rule, 'return left === right;', 'return String(left) === String(right);'),
    ),
  },
  {
    name: 'a path is compared as sent',
    rows: ['Z5'],
    alter: edit(
      request,
      'return agreed ? decode(found[0]) : undefined',
      'return agreed ? found[0] : undefined',
    ),
  },
  {
    name: 'a path is compared without case',
    rows: ['Z5'],
    alter: edit(rule, ': a === b;', ': a.toLowerCase() === b.toLowerCase();'),
  },
  {
    name: 'the first of two query parameters',
    rows: ['P18'],
    alter: edit(request, 'values.length === 1 ? decode', 'values.length >= 1 ? decode'),
  },
  {
    name: 'a bad token is anonymous',
    rows: ['J28'],
    alter: edit(
      decision,
      "if (presented.some((one) => one.kind !== 'absent'))",
      "if (!guard.optional && presented.some((one) => one.kind !== 'absent'))",
    ),
  },
  {
    name: 'required is optional',
    rows: ['J1'],
    alterModel: authentication((one) => (one.kind === 'required' ? { ...one, kind: 'optional' } : one)),
  },
  {
    name: 'an alternative is a requirement',
    rows: ['R12'],
    alterModel: alternatives((anyOf) => [anyOf.flat()]),
  },
  {
    name: 'a requirement is an alternative',
    rows: ['Z1'],
    alterModel: alternatives((anyOf) => anyOf.flatMap((all) => all.map((one) => [one]))),
  },
  {
    name: 'the last alternative wins',
    rows: ['R12'],
    alterModel: alternatives((anyOf) => [...anyOf].reverse()),
  },
  {
    name: 'cookies of other sites',
    rows: ['R11'],
    alter: edit(decision, 'if (guard.crossSite !== undefined &&', 'if (false &&'),
  },
  {
    name: 'an origin that begins alike',
    rows: ['R11'],
    alter: edit(
      decision,
      'crossSite.origins.indexOf(request.value(crossSite.origin)) !== -1',
      'crossSite.origins.some((one) => request.value(crossSite.origin).indexOf(one) === 0)',
    ),
  },
  {
    name: 'everybody is a trusted proxy',
    rows: ['L3', 'H3', 'Z7'],
    alter: edit(/^nginx\.conf$/, /set_real_ip_from [^;]*;/, 'set_real_ip_from 0.0.0.0/0;'),
  },
  {
    name: 'no proxy is trusted',
    rows: ['H3', 'Z7'],
    alterModel: changing((gateway) => ({ ...gateway, trustedProxies: [] })),
  },
  {
    name: 'addresses are allowed by default',
    rows: ['Z7'],
    alter: edit(/^conf\/request\.conf$/, /(geo \$gw_range_\d+ \{\s*default) 0;/g, (_, head) => `${head} 1;`),
  },
  {
    name: 'a denied address of an allowed range',
    rows: ['Z7'],
    alterModel: features('office', ({ ipAccess }) => ({
      ipAccess: ipAccess && { ...ipAccess, value: { ...ipAccess.value, deny: [] } },
    })),
  },
  { name: 'no limit', rows: ['L1'], alter: edit(operations, /limit_req [^;]*;/g, '') },
  {
    name: 'a limit for each path',
    rows: ['L5'],
    alter: edit(/^conf\/request\.conf$/, /limit_req_zone "all"/, 'limit_req_zone "${gw_path}"'),
  },
  {
    name: 'a limit for each method',
    rows: ['L5'],
    alter: edit(/^conf\/request\.conf$/, /limit_req_zone "all"/, 'limit_req_zone "${request_method}"'),
  },
  {
    name: 'a limit for each address that a client claims',
    rows: ['L3'],
    alter: edit(
      /^conf\/request\.conf$/,
      /limit_req_zone "\$\{binary_remote_addr\}"/,
      'limit_req_zone "${http_x_forwarded_for}${binary_remote_addr}"',
    ),
  },
];

/** The key of cached decisions without one of its inputs. */
function keyWithout(variable: string): (artifacts: readonly Artifact[]) => readonly Artifact[] {
  return edit(
    guards,
    new RegExp(`(proxy_cache_key "[^"]*)\\\\n\\$\\{${variable}\\}`, 'g'),
    (_, before) => before ?? '',
  );
}

type Access = OperationFeatures['authentication']['value'];
type Alternatives = Extract<Access, { readonly anyOf: unknown }>['anyOf'];

function authentication(change: (access: Access) => Access): (gateway: Gateway) => Gateway {
  return features(undefined, (before) => ({
    authentication: { ...before.authentication, value: change(before.authentication.value) },
  }));
}

function alternatives(change: (anyOf: Alternatives) => Alternatives): (gateway: Gateway) => Gateway {
  return authentication((one) => ('anyOf' in one ? { ...one, anyOf: change(one.anyOf) } : one));
}
