import type { HeaderList } from '../../support/http-message.ts';
import type { Integration } from './api.ts';
import type { AuthorizationOutside } from './authorize.ts';
import { requestContext } from './authorizer-event.ts';
import { type Answer, type Exchange, GatewayFailure } from './exchange.ts';
import { ownHeaders } from './gateway-responses.ts';
import { functionArn } from './import-body.ts';
import { isRecord } from './json.ts';
import { FunctionFailure } from './lambda-runtime.ts';
import { matchesWildcards } from './policy.ts';
import { allValues, lastValues, queryPairs } from './request.ts';
import { withStageVariables } from './stage-variables.ts';

/**
 * A proxy integration with a function (API Gateway Developer Guide, "Set up Lambda proxy integrations"; events recorded).
 * A failure of the function and a malformed answer are 502 of `DEFAULT_5XX`.
 */
export async function callFunction(
  { uri = '' }: Integration,
  exchange: Exchange,
  { call, callers, executeApi }: AuthorizationOutside,
): Promise<Answer> {
  const { deployed, method } = exchange;
  const arn = withStageVariables(functionArn(uri), deployed.stage);
  const source = `${executeApi}:${deployed.api.id}/${deployed.stage.name}/${method?.httpMethod === 'ANY' ? '*' : method?.httpMethod}${method?.resourcePath}`;
  if (!callers(arn).some((pattern) => matchesWildcards(pattern, source)))
    throw new GatewayFailure('API_CONFIGURATION_ERROR', 'Internal server error');
  try {
    return readAnswer(await call(arn, proxyEvent(exchange)), exchange);
  } catch (error) {
    if (error instanceof FunctionFailure)
      throw new GatewayFailure('DEFAULT_5XX', 'Internal server error', { status: 502 });
    throw error;
  }
}

function proxyEvent(exchange: Exchange): Record<string, unknown> {
  const { authorizer, deployed, headers, method, parameters, request } = exchange;
  const query = queryPairs(request.query);
  const orNull = (values: Record<string, unknown>): unknown =>
    Object.keys(values).length === 0 ? null : values;
  return {
    resource: method?.resourcePath,
    path: request.path,
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: allValues(headers),
    queryStringParameters: orNull(lastValues(query)),
    multiValueQueryStringParameters: orNull(allValues(query)),
    pathParameters: orNull(Object.fromEntries(parameters ?? [])),
    stageVariables: orNull(Object.fromEntries(deployed.stage.variables)),
    requestContext: { ...requestContext(exchange), ...(authorizer === undefined ? {} : { authorizer }) },
    body: request.body.length === 0 ? null : request.body.toString('utf8'),
    isBase64Encoded: false,
  };
}

function readAnswer(value: unknown, exchange: Exchange): Answer {
  const malformed = new FunctionFailure('Malformed Lambda proxy response');
  if (!isRecord(value) || !Number.isInteger(Number(value['statusCode']))) throw malformed;
  const { body = '', headers = {}, isBase64Encoded, multiValueHeaders = {}, statusCode } = value;
  const single = Object.entries(headers ?? {}).map(([name, one]) => [name, String(one)] as const);
  const several: HeaderList = Object.entries(multiValueHeaders ?? {}).flatMap(([name, values]) =>
    (values as readonly string[]).map((one) => [name, one] as const),
  );
  exchange.integrationStatus = 200;
  return {
    status: Number(statusCode),
    headers: [...single, ...several, ...ownHeaders(exchange)],
    body: Buffer.from(String(body ?? ''), isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}
