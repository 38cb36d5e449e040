import { claimText } from '../../../extension/values/names.ts';
import { issuerUrl } from '../../../extension/values/url.ts';
import type { SecurityScheme } from '../../../openapi/document.ts';
import type { Node } from '../../../source/node.ts';
import { type Entry, field, unknown } from '../draft-entry.ts';
import { commentText } from '../yaml-text.ts';
import { entriesOf, type Findings, isUsable, textOf, textsOf } from './findings.ts';
import { identityPlace } from './identity-source.ts';
import { functionOf, writtenText } from './read-uri.ts';

type Kind = 'lambda' | 'cognito' | 'jwt';

/** Authorizer types of REST and HTTP APIs (API Gateway Developer Guide, "x-amazon-apigateway-authorizer object"). */
const kinds: { readonly [type: string]: Kind } = {
  token: 'lambda',
  request: 'lambda',
  cognito_user_pools: 'cognito',
  jwt: 'jwt',
};

/** Fields that are read, or that say how API Gateway calls a function that gwc replaces. */
const fields: { readonly [name: string]: string | undefined } = {
  type: undefined,
  authorizerUri: undefined,
  authorizerCredentials: undefined,
  authorizerPayloadFormatVersion: undefined,
  enableSimpleResponses: undefined,
  identitySource: undefined,
  providerARNs: undefined,
  jwtConfiguration: undefined,
  authorizerResultTtlInSeconds:
    'Decisions of the authorizer are kept for a time (authorizerResultTtlInSeconds); gwc keeps them only as long as everything that they depend on is in the key, and never beyond the end of a token.',
  identityValidationExpression:
    'Tokens are matched with an expression first (identityValidationExpression); gwc checks what a token is.',
};

/** Reads `x-amazon-apigateway-authorizer` of a security scheme: the fields of an authenticator that verifies the same. */
export function readAuthorizer(node: Node, scheme: SecurityScheme, findings: Findings): readonly Entry[] {
  const type = textOf(node.child('type'), 'the type of an authorizer', findings)?.toLowerCase() ?? '';
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  for (const [name, value] of entriesOf(node, 'an authorizer', findings)) {
    const text = Object.hasOwn(fields, name)
      ? fields[name]
      : `${commentText(name)} is no field of an authorizer that gwc knows.`;
    if (text !== undefined) findings.note(value, text);
  }
  if (kind === undefined)
    findings.misread(node.child('type') ?? node, 'token, request, cognito_user_pools or jwt');
  const token = tokenFields(kind ?? 'lambda', node, findings);
  return [...token, ...identityPlace(node.child('identitySource'), scheme, findings)];
}

function tokenFields(kind: Kind, node: Node, findings: Findings): readonly Entry[] {
  switch (kind) {
    case 'lambda':
      return lambdaFields(node);
    case 'cognito':
      return cognitoFields(node, findings);
    case 'jwt':
      return jwtFields(node, findings);
  }
}

const AUDIENCES = 'the "aud" of tokens that are meant for this API, for example [my-api]';

/** Nobody knows what a function decides: what it verified is asked for, because gwc brings its own authorizer. */
function lambdaFields(node: Node): readonly Entry[] {
  const written = writtenText(node.child('authorizerUri'));
  const name = written === undefined ? undefined : (functionOf(written.text) ?? written.text);
  return [
    unknown(
      'issuer',
      'the "iss" of the tokens that the function verifies, for example https://id.example.com/',
      `A Lambda authorizer${name === undefined ? '' : `: ${commentText(name)}`}.`,
      'gwc emits an authorizer of its own, so say what the function checks: issuer and audiences of JSON Web Tokens;',
      'for opaque tokens introspection: {url: …}; for anything else external: {backend: NAME, path: /verify}.',
      'Its decisions by path, role or scope belong into policies.',
    ),
    unknown('audiences', AUDIENCES),
  ];
}

/** Amazon Cognito Developer Guide, "Verifying JSON web tokens": the issuer of a pool is made of its region and id. */
function cognitoFields(node: Node, findings: Findings): readonly Entry[] {
  const pools = textsOf(node.child('providerARNs'), 'a list of ARNs of user pools', findings);
  const issuers = pools.flatMap((arn) => issuerOfPool(arn) ?? []);
  const [first, ...more] = issuers;
  const why = [
    'A Cognito user pool; its issuer is made of the ARN. Clients send "Bearer <token>"; gwc takes no bare token.',
    'Identity tokens have the id of the app client in "aud". Access tokens have it in "client_id" only, which gwc does',
    'not take for an audience: let the pool add "aud" to them (a pre token generation trigger).',
  ];
  const audiences = unknown('audiences', 'the ids of the app clients, for example [1example23456789]');
  if (first === undefined || issuers.length < pools.length) {
    const hint = `https://cognito-idp.REGION.amazonaws.com/POOL; the document has ${commentText(pools.join(', ') || 'no ARN of a pool')}`;
    return [unknown('issuer', hint, ...why), audiences];
  }
  if (more.length === 0) return [field('issuer', first, ...why), audiences];
  return [
    field(
      'issuers',
      issuers.map((issuer) => ({ issuer })),
      ...why,
    ),
    audiences,
  ];
}

function issuerOfPool(arn: string): string | undefined {
  const [, partition = '', region, pool] =
    /^arn:(aws[a-z-]{0,16}):cognito-idp:([a-z0-9-]{1,32}):[0-9]{12}:userpool\/([a-z0-9-]{1,32}_[A-Za-z0-9]{1,55})$/.exec(
      arn,
    ) ?? [];
  if (region === undefined || pool === undefined) return undefined;
  return `https://cognito-idp.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}/${pool}`;
}

function jwtFields(node: Node, findings: Findings): readonly Entry[] {
  const configuration = node.child('jwtConfiguration');
  const issuer = textOf(configuration?.child('issuer'), 'an issuer', findings);
  const audiences = textsOf(configuration?.child('audience'), 'a list of audiences', findings);
  const at = configuration ?? node;
  const usable =
    audiences.length > 0 && audiences.every((one) => isUsable(claimText('audience', 'api'), one, at.at));
  const why = ['From jwtConfiguration. API Gateway also takes a "client_id" for an audience; gwc does not.'];
  return [
    issuer !== undefined && isUsable(issuerUrl, issuer, at.at)
      ? field('issuer', issuer, ...why)
      : unknown(
          'issuer',
          `the "iss" of its tokens; the document has ${commentText(issuer ?? 'none')}`,
          ...why,
        ),
    usable ? field('audiences', [...new Set(audiences)]) : unknown('audiences', AUDIENCES),
  ];
}
