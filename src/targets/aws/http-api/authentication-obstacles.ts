import type { Authenticator, JwtAuthenticator, Requirement } from '../../../model/authentication.ts';
import type { Gateway, Operation } from '../../../model/gateway.ts';
import type { Page, Report } from './obstacle.ts';

const jwtPage: Page = 'Control access to HTTP APIs with JWT authorizers in API Gateway';
const lambdaPage: Page = 'Control access to HTTP APIs with AWS Lambda authorizers';

/**
 * Only the JWT authorizer of HTTP APIs answers 401 to a bad token: what a Lambda authorizer denies is 403, whatever it
 * says. So one alternative of one authenticator stays, with what the JWT authorizer checks, or a signature of AWS. It takes
 * the `client_id` of a token without `aud` for its audience, which is left to the issuer: it must not sign such tokens.
 */
export function authenticationObstacles({ features }: Operation, gateway: Gateway, report: Report): void {
  for (const expression of features.authorization ?? []) {
    report(
      'authorization',
      expression.at,
      'checks scopes and no policies without answering 403 for 401',
      lambdaPage,
    );
  }
  const { value, at } = features.authentication;
  if (value.kind === 'public') return;
  const requirement =
    value.anyOf.length === 1 && value.anyOf[0]?.length === 1 ? value.anyOf[0][0] : undefined;
  if (value.kind === 'optional') {
    report('authentication', at, 'does not let callers without a credential pass an authorizer', jwtPage);
  }
  if (requirement === undefined) {
    report('authentication', at, 'has one authorizer for a route, without alternatives', jwtPage);
    return;
  }
  const authenticator = gateway.authenticators.find(({ name }) => name === requirement.authenticator);
  if (authenticator === undefined || authenticator.kind === 'sigv4') return;
  for (const [place, reason] of obstaclesOf(authenticator, requirement)) {
    report('authentication', place, reason, authenticator.kind === 'jwt' ? jwtPage : lambdaPage);
  }
}

type Obstacle = readonly [at: Authenticator['at'], reason: string];

function obstaclesOf(authenticator: Authenticator, { scopes }: Requirement): readonly Obstacle[] {
  if (authenticator.kind !== 'jwt') {
    return [
      [authenticator.at, `answers 403, not 401, to a bad credential of the kind ${authenticator.kind}`],
    ];
  }
  const manyScopes: Obstacle = [authenticator.at, 'is satisfied by any one of several scopes'];
  return [...tokenObstacles(authenticator), ...(scopes.length > 1 ? [manyScopes] : [])];
}

function tokenObstacles({ algorithms, issuers, from }: JwtAuthenticator): readonly Obstacle[] {
  const found: Obstacle[] = [];
  if (!algorithms.value.every((algorithm) => algorithm.startsWith('RS'))) {
    found.push([algorithms.at, 'verifies RSA signatures only (RS256, RS384, RS512)']);
  }
  const [issuer, ...others] = issuers.value;
  if (others.length > 0) found.push([issuers.at, 'trusts one issuer in an authorizer']);
  const keys = issuer?.keys;
  const { origin, pathname } = new URL('.well-known/openid-configuration', withSlash(issuer?.issuer.value));
  if (keys !== undefined && !(keys.value.kind === 'discovery' && keys.value.url === origin + pathname)) {
    found.push([keys.at, "takes keys from the issuer's OpenID configuration only"]);
  }
  if (from.value.length !== 1 || from.value[0]?.kind !== 'header') {
    found.push([from.at, 'takes the token from one header']);
  }
  return found;
}

/** What the address of the configuration is relative to (OpenID Connect Discovery 1.0 §4); an issuer need be no URL. */
function withSlash(issuer = ''): string {
  return URL.canParse(issuer) ? `${issuer.replace(/\/$/, '')}/` : 'https://issuer.invalid/';
}
