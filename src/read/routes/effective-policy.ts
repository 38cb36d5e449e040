import type { OperationFeatures } from '../../model/gateway.ts';

/** Facts about a feature that do not change what a request is answered. */
const silent = new Set(['at', 'bucket', 'reason']);

/**
 * The first feature in which two operations would answer the same request differently, or undefined when their
 * effective policy is equal. Places, stated reasons and the names of rate limit counters do not count.
 */
export function policyDifference(one: OperationFeatures, other: OperationFeatures): string | undefined {
  for (const key of features) {
    if (effect(one[key]) !== effect(other[key])) return titles[key];
  }
  return undefined;
}

const titles: { readonly [Feature in keyof Omit<OperationFeatures, 'relaxed'>]: string } = {
  authentication: 'security',
  authorization: 'authorize',
  ipAccess: 'ip',
  clientCertificate: 'clientCertificate',
  limits: 'limits',
  validation: 'validate',
  waf: 'waf',
  bodySize: 'bodySize',
  backend: 'backend or rewrite',
  canary: 'backend',
  timeout: 'timeout',
  retry: 'retry',
  cache: 'cache',
  cors: 'cors',
  login: 'login',
  requestHeaders: 'request headers',
  requestQuery: 'request query',
  responseHeaders: 'response headers',
  mock: 'mock',
  lifecycle: 'deprecated or sunset',
  websocket: 'websocket',
  pathCharacters: 'allowInPath',
  exposure: 'expose',
};
const features = Object.keys(titles) as readonly (keyof typeof titles)[];

function effect(value: unknown): string | undefined {
  return JSON.stringify(value, (key, inner: unknown) => (silent.has(key) ? undefined : inner));
}
