import type { Target } from '../target.ts';
import { checkSettings } from './check/check-settings.ts';
import { reparse } from './check/reparse.ts';
import { emit } from './emit.ts';
import { bodySize, clientCertificate, exposure, pathCharacters, relaxed } from './features/access.ts';
import { accessLog } from './features/access-log.ts';
import { cors, lifecycle, mock } from './features/answers.ts';
import { authentication, authorization } from './features/authentication.ts';
import { backend, timeout } from './features/backend.ts';
import { backends } from './features/backends.ts';
import { cache } from './features/cache.ts';
import { requestHeaders, responseHeaders } from './features/headers.ts';
import { geo, waf, wafRules } from './features/inspection.ts';
import { ipAccess } from './features/ip-access.ts';
import { limits } from './features/limits.ts';
import { login } from './features/login.ts';
import { audit, metrics, tracing } from './features/observation.ts';
import type { GatewayParts, OperationParts } from './features/parts.ts';
import { plans } from './features/plans.ts';
import { tls } from './features/tls.ts';
import { trustedProxies } from './features/trusted-proxies.ts';
import { canary, requestQuery, retry, websocket } from './features/upstream.ts';
import { validation } from './features/validation.ts';

/** Amazon API Gateway: REST API, regional, in one stack of AWS CloudFormation. */
export const aws: Target<OperationParts, GatewayParts> = {
  name: 'aws',
  title: 'AWS API Gateway',
  operationFeatures: {
    authentication,
    authorization,
    ipAccess,
    clientCertificate,
    limits,
    validation,
    waf,
    bodySize,
    backend,
    canary,
    timeout,
    retry,
    cache,
    cors,
    login,
    requestHeaders,
    requestQuery,
    responseHeaders,
    mock,
    lifecycle,
    websocket,
    pathCharacters,
    exposure,
    relaxed,
  },
  gatewayFeatures: {
    tls,
    trustedProxies,
    geo,
    waf: wafRules,
    plans,
    accessLog,
    audit,
    tracing,
    metrics,
    backends,
  },
  check: checkSettings,
  emit,
  reparse,
};
