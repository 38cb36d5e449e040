import { headerValues } from '../../support/http-message.ts';
import type { Authorizer } from './api.ts';
import type { AuthorizerCache } from './authorizer-cache.ts';
import { authorizerEvent } from './authorizer-event.ts';
import { type AuthorizerOutput, readAuthorizerOutput } from './authorizer-output.ts';
import { contextOf, contextValue } from './context.ts';
import { type Exchange, GatewayFailure } from './exchange.ts';
import { FunctionFailure } from './lambda-runtime.ts';
import { evaluatePolicy, matchesWildcards } from './policy.ts';
import type { Readings } from './readings.ts';
import { queryPairs } from './request.ts';
import { withStageVariables } from './stage-variables.ts';

/** What authorization needs besides the exchange. */
export interface AuthorizationOutside {
  readonly readings: Readings;
  readonly cache: AuthorizerCache;
  /** Calls the function of an ARN; throws `FunctionFailure`. */
  readonly call: (functionArn: string, event: unknown) => Promise<unknown>;
  /** ARNs of requests that may call the function of an ARN. */
  readonly callers: (functionArn: string) => readonly string[];
  /** `arn:…:execute-api:<region>:<account>` */
  readonly executeApi: string;
}

/**
 * A Lambda authorizer (API Gateway Developer Guide, "Use API Gateway Lambda authorizers"): without every identity source
 * the answer is UNAUTHORIZED and the function is not called; `Unauthorized`, thrown, is UNAUTHORIZED; another error or a
 * malformed output is the function's fault; a policy that does not allow the method's ARN is ACCESS_DENIED.
 */
export async function authorizeByFunction(
  authorizer: Authorizer,
  exchange: Exchange,
  outside: AuthorizationOutside,
): Promise<AuthorizerOutput> {
  const identity = identityOf(authorizer, exchange, outside.readings);
  if (identity === undefined) throw new GatewayFailure('UNAUTHORIZED', 'Unauthorized');
  const key = JSON.stringify([
    exchange.deployed.api.id,
    exchange.deployed.stage.name,
    authorizer.name,
    identity,
  ]);
  const cached = authorizer.ttlSeconds > 0 ? outside.cache.find(key, exchange.now) : undefined;
  const output = cached ?? (await outputOf(authorizer, exchange, outside));
  if (cached === undefined && authorizer.ttlSeconds > 0)
    outside.cache.keep(key, output, exchange.now + authorizer.ttlSeconds * 1000);
  exchange.authorizer = { principalId: output.principalId, ...output.context };
  const arn = `${outside.executeApi}:${exchange.deployed.api.id}/${exchange.deployed.stage.name}/${exchange.request.method}${exchange.resourceRequestPath}`;
  const result = evaluatePolicy(output.policyDocument, {
    action: 'execute-api:Invoke',
    resource: arn,
    keys: {},
  });
  if (result === 'allowed') return output;
  const said = 'User is not authorized to access this resource';
  throw new GatewayFailure(
    'ACCESS_DENIED',
    result === 'explicit deny' ? `${said} with an explicit deny` : said,
  );
}

/** Values of the identity sources in order; `undefined` where one is missing or empty. */
function identityOf(
  { identitySources }: Authorizer,
  exchange: Exchange,
  readings: Readings,
): readonly string[] | undefined {
  const values = identitySources.map((source) => identityValue(source, exchange, readings));
  return values.every((value) => value !== undefined && value !== '') ? (values as string[]) : undefined;
}

/**
 * API Gateway Developer Guide, "x-amazon-apigateway-authorizer object": headers, queries, stage variables and `context`
 * can be identity sources. A header is found in every case (assumed: callers write `authorization`), and of several
 * headers of one name the last counts (assumed, as in mappings).
 */
function identityValue(source: string, exchange: Exchange, _readings: Readings): string | undefined {
  const [, kind, name = ''] =
    /^(method\.request\.(?:header|querystring)|stageVariables|context)\.(.+)$/.exec(source) ?? [];
  switch (kind) {
    case 'method.request.header':
      return headerValues(exchange.headers, name).at(-1);
    case 'method.request.querystring':
      return queryPairs(exchange.request.query)
        .filter(([key]) => key === name)
        .at(-1)?.[1];
    case 'stageVariables':
      return exchange.deployed.stage.variables.get(name);
    case 'context':
      return contextValue(contextOf(exchange), name);
    default:
      throw new Error(`no identity source: ${source}`);
  }
}

async function outputOf(
  authorizer: Authorizer,
  exchange: Exchange,
  { call, callers, executeApi, readings }: AuthorizationOutside,
): Promise<AuthorizerOutput> {
  if (authorizer.functionArn === undefined) throw new Error(`${authorizer.name} calls no function`);
  const functionArn = withStageVariables(authorizer.functionArn, exchange.deployed.stage);
  const source = `${executeApi}:${exchange.deployed.api.id}/authorizers/${authorizer.name}`;
  const failed = (): GatewayFailure => new GatewayFailure(readings.authorizerError, null);
  if (!callers(functionArn).some((pattern) => matchesWildcards(pattern, source))) throw failed();
  try {
    return readAuthorizerOutput(await call(functionArn, authorizerEvent(exchange, executeApi)));
  } catch (error) {
    if (!(error instanceof FunctionFailure)) throw error;
    if (error.message === 'Unauthorized') throw new GatewayFailure('UNAUTHORIZED', 'Unauthorized');
    throw failed();
  }
}
