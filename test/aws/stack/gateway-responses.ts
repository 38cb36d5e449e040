import type { HeaderList } from '../../support/http-message.ts';
import { headerValues } from '../../support/http-message.ts';
import type { ConfiguredResponse } from './api.ts';
import { contextOf, contextValue } from './context.ts';
import type { Answer, Exchange } from './exchange.ts';
import { mappingValue } from './mapping-value.ts';
import type { Readings } from './readings.ts';

/** Statuses and error types unless the API configures others (API Gateway Developer Guide, "Gateway response types"). */
const responseTypes: ReadonlyMap<string, readonly [status: number, errorType: string]> = new Map([
  ['ACCESS_DENIED', [403, 'AccessDeniedException']],
  ['API_CONFIGURATION_ERROR', [500, 'InternalServerErrorException']],
  ['AUTHORIZER_CONFIGURATION_ERROR', [500, 'AuthorizerConfigurationException']],
  ['AUTHORIZER_FAILURE', [500, 'AuthorizerFailureException']],
  ['BAD_REQUEST_BODY', [400, 'BadRequestException']],
  ['BAD_REQUEST_PARAMETERS', [400, 'BadRequestException']],
  ['DEFAULT_4XX', [400, 'BadRequestException']],
  ['DEFAULT_5XX', [500, 'InternalServerErrorException']],
  ['EXPIRED_TOKEN', [403, 'ExpiredTokenException']],
  ['INTEGRATION_FAILURE', [504, 'InternalServerErrorException']],
  ['INTEGRATION_TIMEOUT', [504, 'InternalServerErrorException']],
  ['INVALID_API_KEY', [403, 'ForbiddenException']],
  ['INVALID_SIGNATURE', [403, 'InvalidSignatureException']],
  ['MISSING_AUTHENTICATION_TOKEN', [403, 'MissingAuthenticationTokenException']],
  ['QUOTA_EXCEEDED', [429, 'LimitExceededException']],
  ['REQUEST_TOO_LARGE', [413, 'RequestTooLargeException']],
  ['RESOURCE_NOT_FOUND', [404, 'NotFoundException']],
  ['THROTTLED', [429, 'TooManyRequestsException']],
  ['UNAUTHORIZED', [401, 'UnauthorizedException']],
  ['UNSUPPORTED_MEDIA_TYPE', [415, 'UnsupportedMediaTypeException']],
  ['WAF_FILTERED', [403, 'ForbiddenException']],
]);

const defaultTemplates: ReadonlyMap<string, string> = new Map([
  ['application/json', '{"message":$context.error.messageString}'],
]);

/**
 * The answer to a failure (API Gateway Developer Guide, "Gateway responses for REST APIs"): the type's own configuration,
 * else that of `DEFAULT_4XX` or `DEFAULT_5XX` by the type's status, whole (recorded), else the default. A size limit of
 * API Gateway itself cannot be configured.
 */
export function gatewayResponse(exchange: Exchange, readings: Readings): Answer {
  const type = exchange.error?.responseType ?? 'DEFAULT_5XX';
  const [status, errorType] = responseTypes.get(type) ?? [500, 'InternalServerErrorException'];
  const configured = configuredFor(type, status, exchange);
  const templates =
    configured === undefined || configured.responseTemplates.size === 0
      ? defaultTemplates
      : configured.responseTemplates;
  const [contentType, template] = chosenTemplate(templates, exchange);
  const headers = new Map<string, readonly [string, string]>();
  const set = (name: string, value: string): void => void headers.set(name.toLowerCase(), [name, value]);
  set('Content-Type', contentType);
  for (const [name, value] of ownHeaders(exchange)) set(name, value);
  set('x-amzn-ErrorType', errorType);
  for (const [target, expression] of configured?.responseParameters ?? []) {
    const name = /^gatewayresponse\.header\.(.+)$/.exec(target)?.[1];
    if (name === undefined) throw new Error(`no parameter of a gateway response: ${target}`);
    const value = mappingValue(expression, exchange, readings);
    if (value !== undefined && value !== '') set(name, value);
  }
  return {
    status: Number(configured?.statusCode ?? exchange.error?.status ?? status),
    headers: [...headers.values()],
    body: Buffer.from(substituted(template, exchange), 'utf8'),
  };
}

/** Headers of every answer (recorded). */
export function ownHeaders({ requestId }: Exchange): HeaderList {
  return [
    ['x-amzn-RequestId', requestId],
    ['x-amz-apigw-id', `${requestId.slice(0, 15)}=`],
  ];
}

function configuredFor(type: string, status: number, exchange: Exchange): ConfiguredResponse | undefined {
  const { gatewayResponses } = exchange.deployed.api;
  if (type === 'REQUEST_TOO_LARGE') return undefined;
  return gatewayResponses.get(type) ?? gatewayResponses.get(status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
}

/** The template of the first type that the caller accepts, else JSON's, else the first (assumed). */
function chosenTemplate(
  templates: ReadonlyMap<string, string>,
  { headers }: Exchange,
): readonly [string, string] {
  const [accept = ''] = headerValues(headers, 'accept');
  const wanted = accept.split(/[,;]/)[0]?.trim() ?? '';
  const type =
    [wanted, 'application/json', [...templates.keys()][0] ?? ''].find((one) => templates.has(one)) ?? '';
  return [type, templates.get(type) ?? ''];
}

/** `$context.x` and `$stageVariables.x`; there is no other logic in these templates. */
function substituted(template: string, exchange: Exchange): string {
  const context = contextOf(exchange);
  return template
    .replace(
      /\$context((?:\.[A-Za-z0-9_-]+)+)/g,
      (_, path: string) => contextValue(context, path.slice(1)) ?? '',
    )
    .replace(
      /\$stageVariables\.([A-Za-z0-9_]+)/g,
      (_, name: string) => exchange.deployed.stage.variables.get(name) ?? '',
    );
}
