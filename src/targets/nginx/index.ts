import type { Target } from '../target.ts';
import { reparse } from './check/reparse.ts';
import { emit } from './emit.ts';
import { exposure, login, pathCharacters, relaxed } from './features/access.ts';
import { cache, cors, lifecycle, mock, websocket } from './features/answers.ts';
import { authentication } from './features/authentication.ts';
import { authorization } from './features/authorization.ts';
import { backend } from './features/backend.ts';
import { backends } from './features/backends.ts';
import { clientCertificate } from './features/client-certificate.ts';
import { accessLog, tls, trustedProxies } from './features/gateway.ts';
import { requestHeaders, responseHeaders } from './features/headers.ts';
import { geo, validation, waf, wafRules } from './features/inspection.ts';
import { audit, metrics, tracing } from './features/observation.ts';
import type { GatewayParts, OperationParts } from './features/parts.ts';
import { bodySize, ipAccess, limits, plans, timeout } from './features/traffic.ts';
import { canary, requestQuery, retry } from './features/upstream.ts';

/** NGINX, open source, with njs: Debian 12's and newer. */
export const nginx: Target<OperationParts, GatewayParts> = {
  name: 'nginx',
  title: 'NGINX',
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
  emit,
  reparse,
};
