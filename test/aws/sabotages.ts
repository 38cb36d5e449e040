import type { NamedSabotage } from '../sabotage/named-sabotage.ts';
import {
  at,
  body,
  code,
  counting,
  editing,
  header,
  integration,
  method,
  resource,
  response,
  withoutSource,
} from './sabotage-edits.ts';

const allow = 'gatewayresponse.header.WWW-Authenticate';

/** Broken output for AWS, each with the case that must notice it. */
export const awsSabotages: readonly NamedSabotage[] = [
  {
    name: 'an operation asks nobody',
    alter: body([...method('/v1/admin', 'get'), 'security'], []),
    noticedBy: 'a policy that does not hold',
  },
  {
    name: 'decisions are kept for all operations',
    alter: withoutSource('context.resourcePath'),
    noticedBy: 'a decision for one operation does not serve another',
  },
  {
    name: 'decisions are kept for all paths',
    alter: withoutSource('context.path'),
    noticedBy: 'a decision for one path does not serve another (same token, first allowed)',
  },
  { name: 'a denial is an allowance', alter: code('"Deny"', '"Allow"'), noticedBy: 'somebody else' },
  {
    name: 'the function says another word for nobody',
    alter: code('"Unauthorized"', '"unauthorized"'),
    noticedBy: 'bearer alone',
  },
  {
    name: 'API Gateway may not call the function',
    alter: resource(
      'AuthorizerPermission',
      ['Properties', 'SourceArn'],
      'arn:aws:execute-api:eu-west-1:123456789012:other/authorizers/*',
    ),
    noticedBy: 'the owner',
  },
  {
    name: 'the function is another one',
    alter: resource('Stage', ['Properties', 'Variables'], {}),
    noticedBy: 'the owner',
  },
  {
    name: 'an identity header of clients passes without a guard',
    alter: header('/v1/public', 'X-User-Id', undefined),
    noticedBy: 'a spoofed header on a public operation',
  },
  {
    name: 'an identity header of clients passes behind a guard',
    alter: header('/v1/users/me', 'X-User-Id', undefined),
    noticedBy: 'a spoofed header is overwritten',
  },
  {
    name: 'an identity header is the value of another',
    alter: header('/v1/users/me', 'X-User-Id', 'context.authorizer.h3'),
    noticedBy: 'a spoofed header is overwritten',
  },
  {
    name: 'an identity header has an empty value',
    alter: header('/v1/public', 'X-User-Id', "''"),
    noticedBy: 'a spoofed header on a public operation',
  },
  {
    name: 'an identity header has a value that is not there',
    alter: header('/v1/users/me', 'X-Session-Id', 'context.authorizer.h9'),
    noticedBy: 'a header of another authenticator',
  },
  {
    name: 'the list of addresses of clients passes',
    alter: header('/v1/public', 'X-Forwarded-For', undefined),
    noticedBy: 'forwarding headers of a client are replaced',
  },
  {
    name: 'the host of clients passes',
    alter: header('/v1/public', 'X-Forwarded-Host', 'method.request.header.X-Forwarded-Host'),
    noticedBy: 'forwarding headers of a client are replaced',
  },
  {
    name: 'the proxy of clients passes',
    alter: header('/v1/public', 'Proxy', undefined),
    noticedBy: 'hop-by-hop and httpoxy headers',
  },
  {
    name: 'the address of another page passes',
    alter: header('/v1/public', 'X-Original-URL', "''"),
    noticedBy: 'every other header that back ends of gateways believe',
  },
  {
    name: 'another method passes',
    alter: header('/v1/public', 'X-HTTP-Method-Override', undefined),
    noticedBy: 'method overrides do not reach the back end',
  },
  {
    name: 'the request id is that of clients',
    alter: header('/v1/public', 'X-Request-Id', 'method.request.header.X-Request-Id'),
    noticedBy: 'the request id is the gateway’s own',
  },
  {
    name: 'a token that should stay passes',
    alter: header('/v1/stripped', 'Authorization', undefined),
    noticedBy: 'the token is removed where asked',
  },
  {
    name: 'a variable of the path is not passed',
    alter: body([...integration('/v1/users/{id}', 'get'), 'uri'], 'https://main.law.test/users/bob'),
    noticedBy: 'the owner',
  },
  {
    name: 'another back end gets it',
    alter: body([...integration('/v1/public', 'get'), 'uri'], 'https://other.law.test/public'),
    noticedBy: 'a public operation under a protected root',
  },
  {
    name: 'undeclared methods are unknown paths',
    alter: body(method('/v1/things', 'x-amazon-apigateway-any-method'), undefined),
    noticedBy: 'a method that is not declared',
  },
  {
    name: 'undeclared methods reach the back end',
    alter: editing('openapi.json', (tree) => {
      const item = at(tree, ['paths', '/v1/things']);
      item['x-amazon-apigateway-any-method'] = item['get'];
    }),
    noticedBy: 'a method that is not declared',
  },
  {
    name: 'unknown paths are forbidden',
    alter: response('MISSING_AUTHENTICATION_TOKEN', ['statusCode'], '403'),
    noticedBy: 'nothing below a matching prefix',
  },
  {
    name: 'answers are of no type',
    alter: response('UNAUTHORIZED', ['responseParameters', 'gatewayresponse.header.Content-Type'], undefined),
    noticedBy: 'no credential',
  },
  {
    name: 'answers may be stored',
    alter: response(
      'UNAUTHORIZED',
      ['responseParameters', 'gatewayresponse.header.Cache-Control'],
      undefined,
    ),
    noticedBy: 'no credential',
  },
  {
    name: 'callers are not told how to identify',
    alter: response('UNAUTHORIZED', ['responseParameters', allow], undefined),
    noticedBy: 'no credential',
  },
  {
    name: 'callers are not told what they lack',
    alter: response('ACCESS_DENIED', ['responseParameters', allow], undefined),
    noticedBy: 'one of two scopes',
  },
  {
    name: 'answers tell what is inside',
    alter: response(
      'ACCESS_DENIED',
      ['responseTemplates', 'application/json'],
      '{"message":$context.error.messageString}',
    ),
    noticedBy: 'somebody else',
  },
  {
    name: 'the default endpoint is open',
    alter: resource('RestApi', ['Properties', 'DisableExecuteApiEndpoint'], false),
    noticedBy: 'the default endpoint of the API is closed',
  },
  {
    name: 'nothing filters',
    alter: resource(
      'WebAclAssociation',
      ['Properties', 'ResourceArn'],
      'arn:aws:apigateway:eu-west-1::/restapis/other/stages/live',
    ),
    noticedBy: 'an encoded slash',
  },
  {
    name: 'paths that are not canonical are counted',
    alter: counting('path-characters'),
    noticedBy: 'an encoded backslash',
  },
  { name: 'dot segments are counted', alter: counting('path-segments'), noticedBy: 'dot segments' },
  {
    name: 'names that pass for those of the gateway are counted',
    alter: counting('lookalike-headers-1'),
    noticedBy: 'an underscore in an identity header',
  },
  {
    name: 'addresses outside of a list are counted',
    alter: counting('addresses-1-allow'),
    noticedBy: 'an address outside the list',
  },
  {
    name: 'large bodies are counted',
    alter: counting('body-above-1024'),
    noticedBy: 'a declared body over the limit',
  },
];
