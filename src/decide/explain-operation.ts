import type { Requirement } from '../model/authentication.ts';
import type { Gateway, Operation, OperationFeatures, Site } from '../model/gateway.ts';
import type { Origin } from '../model/origin.ts';
import type { CountedBy, RateLimit } from '../model/traffic.ts';
import { claimPathText, printExpression, printPolicies } from '../policy/index.ts';
import { authorityOf } from './choose-site.ts';
import { certificateNeeds, credentialNeeds } from './explain-credentials.ts';
import { upstreamPath } from './forward.ts';
import { firstLogin } from './login.ts';
import type { RouteMatch } from './match-route.ts';

/** One thing that applies to the operation, and the place that asks for it. */
interface Fact {
  readonly field:
    | 'security'
    | 'login'
    | 'authorize'
    | 'policies'
    | 'ip'
    | 'clientCertificate'
    | 'limits'
    | 'bodySize'
    | 'expose'
    | 'allowInPath'
    | 'relax'
    | 'timeout';
  readonly text: string;
  readonly at: Origin;
}

export interface OperationExplanation {
  readonly id: string;
  readonly method: string;
  readonly at: Origin;
  /** In the order in which the gateway applies them. */
  readonly facts: readonly Fact[];
  readonly backend: BackendExplanation;
  /** What a caller must bring, one sentence each; empty for an operation that is open to everybody. */
  readonly needs: readonly string[];
}

interface BackendExplanation {
  readonly name: string;
  /** Place that chose it. */
  readonly at: Origin;
  readonly nodes: readonly string[];
  /** Path and query that the back end receives; undefined where the request would never get there. */
  readonly target: string | undefined;
}

/** Everything that decides about a request for one operation. */
export function explainOperation(
  gateway: Gateway,
  site: Site,
  match: RouteMatch,
  operation: Operation,
  target: { readonly path: string; readonly query: string | undefined },
): OperationExplanation {
  return {
    id: operation.id,
    method: operation.method,
    at: operation.at,
    facts: [...accessFacts(operation), ...identityFacts(gateway, operation), ...settingFacts(operation)],
    backend: explainBackend(gateway, match, operation, target),
    needs: [
      ...certificateNeeds(operation),
      ...credentialNeeds(gateway, site, operation),
      ...policyNeeds(operation),
    ],
  };
}

function accessFacts({ features }: Operation): readonly Fact[] {
  const { bodySize, clientCertificate, exposure, ipAccess, limits = [], pathCharacters } = features;
  const facts: Fact[] = [];
  if (exposure.value === 'internal')
    facts.push({ field: 'expose', text: 'only on the internal listener', at: exposure.at });
  if (pathCharacters !== undefined) {
    const { characters, reason } = pathCharacters.value;
    facts.push({
      field: 'allowInPath',
      text: `parameters may carry ${characters.join(' ')}: ${reason}`,
      at: pathCharacters.at,
    });
  }
  if (clientCertificate !== undefined && clientCertificate.value !== 'none') {
    const text = clientCertificate.value === 'require' ? 'required' : 'asked for';
    facts.push({ field: 'clientCertificate', text, at: clientCertificate.at });
  }
  facts.push({ field: 'bodySize', text: `bodies of at most ${bodySize.value} bytes`, at: bodySize.at });
  if (ipAccess !== undefined) {
    for (const ranges of ipAccess.value.allow) {
      facts.push({
        field: 'ip',
        text: `only from ${ranges.map(({ text }) => text).join(', ') || 'no address'}`,
        at: ipAccess.at,
      });
    }
    const { deny } = ipAccess.value;
    if (deny.length > 0)
      facts.push({
        field: 'ip',
        text: `not from ${deny.map(({ text }) => text).join(', ')}`,
        at: ipAccess.at,
      });
  }
  return [
    ...facts,
    ...limits.map(({ value, at }): Fact => ({ field: 'limits', text: limitText(value), at })),
  ];
}

function limitText({ bucket, burst, count, per, period }: RateLimit): string {
  return `${count}/${period}, at most ${burst} at once, ${countedText(per)} (counter ${bucket})`;
}

function countedText(per: CountedBy): string {
  switch (per.kind) {
    case 'ip':
      return 'for each address';
    case 'all':
      return 'for all callers together';
    case 'operation':
      return 'for all callers of the operation together';
    case 'consumer':
      return 'for each consumer';
    case 'claim':
      return `for each value of ${claimPathText(per.claim)}`;
    case 'header':
      return `for each value of the header ${per.name}`;
  }
}

function identityFacts({ authenticators }: Gateway, { features }: Operation): readonly Fact[] {
  const { authentication, authorization = [], login } = features;
  const facts: Fact[] = [
    { field: 'security', text: authenticationText(authentication.value), at: authentication.at },
  ];
  const page = firstLogin(authentication.value, authenticators);
  if (login !== undefined && login.value !== 'never' && page !== undefined) {
    const who = login.value === 'always' ? 'everybody' : 'people in a browser';
    facts.push({
      field: 'login',
      text: `${who} without a valid credential: 302 to ${page.url}`,
      at: login.at,
    });
  }
  return [
    ...facts,
    ...authorization.map(({ value, at }): Fact => ({ field: 'authorize', text: printExpression(value), at })),
    ...policyFacts(authorization),
  ];
}

/** What each named policy stands for, once, at the first place that leads to it. */
function policyFacts(authorization: NonNullable<OperationFeatures['authorization']>): readonly Fact[] {
  const named = new Map<string, Fact>();
  for (const { value, at } of authorization) {
    for (const [name, text] of printPolicies(value)) {
      if (!named.has(name)) named.set(name, { field: 'policies', text: `${name}: ${text}`, at });
    }
  }
  return [...named.values()];
}

function authenticationText(asked: Operation['features']['authentication']['value']): string {
  const because = asked.reason === undefined ? '' : `: ${asked.reason}`;
  if (asked.kind === 'public') return `public${because}`;
  const alternatives = asked.anyOf.map((one) => one.map(requirementText).join(' and ')).join(', or ');
  return asked.kind === 'optional' ? `optional (${alternatives})${because}` : alternatives;
}

function requirementText({ authenticator, scopes }: Requirement): string {
  return scopes.length === 0 ? authenticator : `${authenticator} with ${scopes.join(' ')}`;
}

function settingFacts({ features }: Operation): readonly Fact[] {
  const { relaxed = [], timeout } = features;
  return [
    { field: 'timeout', text: `the back end answers within ${timeout.value} ms`, at: timeout.at },
    ...relaxed.map(
      ({ value, at }): Fact => ({ field: 'relax', text: `${value.guard}: ${value.reason}`, at }),
    ),
  ];
}

function explainBackend(
  gateway: Gateway,
  match: RouteMatch,
  operation: Operation,
  { path, query }: { readonly path: string; readonly query: string | undefined },
): BackendExplanation {
  const { value, at } = operation.features.backend;
  const backend = gateway.backends.find(({ name }) => name === value.backend);
  if (backend === undefined) return { name: value.backend, at, nodes: [], target: undefined };
  if (backend.kind === 'lambda')
    return { name: value.backend, at, nodes: [`the function ${backend.function.value}`], target: undefined };
  const { scheme } = backend;
  const nodes = backend.nodes.map(
    ({ value: node }) =>
      `${scheme}://${authorityOf({ name: node.host, port: node.port, scheme, at: backend.at })}`,
  );
  const search = query === undefined ? '' : `?${query}`;
  const target = `${backend.basePath}${upstreamPath(operation, match, path)}${search}`;
  return { name: value.backend, at, nodes, target };
}

function policyNeeds({ features }: Operation): readonly string[] {
  return (features.authorization ?? []).map(({ value }) => `To satisfy ${printExpression(value)}.`);
}
