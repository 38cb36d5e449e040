import { methodArn } from './context.ts';
import type { Exchange } from './exchange.ts';
import { allValues, lastValues, queryPairs } from './request.ts';

/**
 * The event of a REQUEST authorizer (API Gateway Developer Guide, "Input to an API Gateway Lambda authorizer"). `path` and
 * its variables are as sent (recorded for events of integrations); behind a custom domain `path` keeps the base path.
 */
export function authorizerEvent(exchange: Exchange, executeApi: string): Record<string, unknown> {
  const { deployed, headers, method, parameters, request } = exchange;
  const query = queryPairs(request.query);
  return {
    type: 'REQUEST',
    methodArn: methodArn(exchange, executeApi),
    resource: method?.resourcePath,
    path: request.path,
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: allValues(headers),
    queryStringParameters: lastValues(query),
    multiValueQueryStringParameters: allValues(query),
    pathParameters: Object.fromEntries(parameters ?? []),
    stageVariables: Object.fromEntries(deployed.stage.variables),
    requestContext: requestContext(exchange),
  };
}

/** API Gateway Developer Guide, "Input format of a Lambda function for proxy integration"; recorded. */
export function requestContext(exchange: Exchange): Record<string, unknown> {
  const { deployed, method, now, request, requestId } = exchange;
  const userAgent = exchange.headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? null;
  return {
    accountId: '123456789012',
    apiId: deployed.api.id,
    domainName: request.host,
    domainPrefix: request.host.split('.')[0],
    extendedRequestId: `${requestId.slice(0, 15)}=`,
    httpMethod: request.method,
    identity: {
      sourceIp: request.sourceIp,
      userAgent,
      ...(request.clientCertificate === undefined ? {} : { clientCert: request.clientCertificate }),
    },
    path: request.path,
    protocol: 'HTTP/1.1',
    requestId,
    requestTime: new Date(now).toUTCString(),
    requestTimeEpoch: now,
    resourceId: method?.resourcePath,
    resourcePath: method?.resourcePath,
    stage: deployed.stage.name,
  };
}
