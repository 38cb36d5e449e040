import { headerValues } from '../../support/http-message.ts';
import type { Exchange } from './exchange.ts';

/** `$context` (API Gateway Developer Guide, "$context variables for data models, authorizers, mapping templates, and CloudWatch access logging"). */
export function contextOf(exchange: Exchange): Record<string, unknown> {
  const { apiKey, authorizer, deployed, error, method, now, request } = exchange;
  const [userAgent = null] = headerValues(request.headers, 'user-agent');
  return {
    accountId: '123456789012',
    apiId: deployed.api.id,
    authorizer: authorizer ?? {},
    domainName: request.host,
    domainPrefix: request.host.split('.')[0],
    error:
      error === undefined
        ? {}
        : {
            message: error.message,
            messageString: JSON.stringify(error.message),
            responseType: error.responseType,
            validationErrorString: error.validation,
          },
    extendedRequestId: `${exchange.requestId.slice(0, 15)}=`,
    httpMethod: request.method,
    identity: {
      sourceIp: request.sourceIp,
      userAgent,
      apiKey: apiKey ?? null,
      clientCert: request.clientCertificate,
    },
    integration: { status: exchange.integrationStatus },
    path: request.path,
    protocol: 'HTTP/1.1',
    requestId: exchange.requestId,
    requestTime: new Date(now).toUTCString(),
    requestTimeEpoch: now,
    resourceId: method?.resourcePath,
    resourcePath: method?.resourcePath,
    stage: deployed.stage.name,
    wafResponseCode: exchange.wafResponseCode,
  };
}

/** A value below `context`, as text; `undefined` where there is none. */
export function contextValue(context: Record<string, unknown>, path: string): string | undefined {
  let value: unknown = context;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value === undefined || value === null ? undefined : String(value);
}

/** The ARN of a request (API Gateway Developer Guide, "Control access to a REST API with IAM permissions"). */
export function methodArn({ deployed, request, resourceRequestPath }: Exchange, place: string): string {
  return `${place}:${deployed.api.id}/${deployed.stage.name}/${request.method}${resourceRequestPath}`;
}
