import type { Gateway, Operation } from '../../../model/gateway.ts';
import { authenticationObstacles } from './authentication-obstacles.ts';
import type { HttpApiObstacle, Page, Report } from './obstacle.ts';

/** Both from the quotas of HTTP APIs; neither can be raised. */
const longestTimeout = 30_000;
const largestBody = 10 * 1024 * 1024;

/**
 * Everything in the gateway that keeps it from being an HTTP API, all at once, in the order of the gateway and then of its
 * operations. An empty list is what `targets.aws.api: auto` chooses an HTTP API for. What differs on every HTTP API is not
 * in it: errors of the gateway itself have the body `{"message": …}`, which nothing can change.
 */
export function httpApiObstacles(gateway: Gateway): readonly HttpApiObstacle[] {
  const found: HttpApiObstacle[] = [];
  const report =
    (operation: string | undefined): Report =>
    (feature, at, reason, page = 'Choose between REST APIs and HTTP APIs') => {
      found.push({ feature, operation, reason, page, at });
    };
  gatewayObstacles(gateway, report(undefined));
  const operations = gateway.sites.flatMap(({ routes }) => routes.flatMap((route) => route.operations));
  for (const operation of operations) {
    trafficObstacles(operation, report(operation.id));
    authenticationObstacles(operation, gateway, report(operation.id));
  }
  corsObstacles(operations, report);
  return found;
}

function gatewayObstacles(gateway: Gateway, report: Report): void {
  const { endpoint, sdk } = gateway.targets.aws;
  if (endpoint.value !== 'regional') report('endpoint', endpoint.at, `is regional, never ${endpoint.value}`);
  if (sdk.value) report('sdk', sdk.at, 'has no models that an SDK could be generated from');
  if (gateway.waf !== undefined) report('waf', gateway.waf.at, 'has no web ACL');
  if (gateway.geo !== undefined) report('geo', gateway.geo.at, 'has no web ACL, which knows countries');
  for (const plan of gateway.plans) report('plans', plan.at, 'has neither API keys nor usage plans');
  if (gateway.tracing?.value.export?.kind === 'xray') {
    report('tracing', gateway.tracing.at, 'sends nothing to AWS X-Ray');
  }
  const { sink } = gateway.accessLog;
  if (sink?.value.kind === 'firehose') report('accessLog', sink.at, 'logs to Amazon CloudWatch Logs only');
  for (const backend of gateway.backends) {
    if (backend.kind !== 'http' || backend.tls === undefined) continue;
    const { clientCertificate, verify } = backend.tls;
    if (clientCertificate !== undefined) {
      report('backends', clientCertificate.at, 'shows no certificate to back ends');
    }
    if (!verify.value) report('backends', verify.at, 'verifies the certificate of every back end');
  }
}

function trafficObstacles({ features }: Operation, report: Report): void {
  if (features.waf !== undefined) report('waf', features.waf.at, 'has no web ACL');
  if (features.ipAccess !== undefined) {
    report('ipAccess', features.ipAccess.at, 'has neither a resource policy nor a web ACL');
  }
  if (features.cache !== undefined) report('cache', features.cache.at, 'has no cache');
  if (features.mock !== undefined) report('mock', features.mock.at, 'has no mock integrations');
  if (features.canary !== undefined) report('canary', features.canary.at, 'has no canary releases');
  const { validation, login, timeout, bodySize } = features;
  if (validation?.value.params === 'enforce' || validation?.value.body === 'enforce') {
    report('validation', validation.at, 'compares no request with its declaration');
  }
  if (login?.value === 'always') report('login', login.at, 'cannot change its 401 into a redirect');
  const quotas: Page = 'Quotas for configuring and running an HTTP API in API Gateway';
  if (timeout.value > longestTimeout) report('timeout', timeout.at, 'waits 30 seconds at most', quotas);
  if (bodySize.value < largestBody) {
    report('bodySize', bodySize.at, 'takes bodies of up to 10 MB, and no other limit', quotas);
  }
  for (const limit of features.limits ?? []) {
    const { kind } = limit.value.per;
    if (kind === 'operation') continue;
    const page: Page = 'Throttle requests to your HTTP APIs for better throughput in API Gateway';
    report('limits', limit.at, `counts the requests of a route or of a stage, not by ${kind}`, page);
  }
}

/** One configuration answers the preflight requests of every route, and is added to every answer. */
function corsObstacles(operations: readonly Operation[], report: (operation: string) => Report): void {
  const stated = operations.find(({ features }) => features.cors !== undefined)?.features.cors;
  if (stated === undefined) return;
  const first = JSON.stringify(stated.value);
  for (const { id, at, features } of operations) {
    if (features.cors !== undefined && JSON.stringify(features.cors.value) === first) continue;
    report(id)(
      'cors',
      features.cors?.at ?? at,
      'has one CORS configuration for all operations',
      'Configure CORS for HTTP APIs in API Gateway',
    );
  }
}
