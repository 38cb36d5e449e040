import type { Target } from '../target.ts';
import { reparse } from './check/reparse.ts';
import { emit } from './emit.ts';
import { exposure, login, pathCharacters, relaxed } from './features/access.ts';
import { authentication } from './features/authentication.ts';
import { authorization } from './features/authorization.ts';
import { backend } from './features/backend.ts';
import { backends } from './features/backends.ts';
import { clientCertificate } from './features/client-certificate.ts';
import { accessLog, tls, trustedProxies } from './features/gateway.ts';
import { requestHeaders, responseHeaders } from './features/headers.ts';
import type { GatewayParts, OperationParts } from './features/parts.ts';
import { bodySize, ipAccess, limits, timeout } from './features/traffic.ts';

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
    bodySize,
    backend,
    timeout,
    login,
    requestHeaders,
    responseHeaders,
    pathCharacters,
    exposure,
    relaxed,
  },
  gatewayFeatures: { tls, trustedProxies, accessLog, backends },
  emit,
  reparse,
};
