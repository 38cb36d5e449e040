import { describe, expect, test } from 'vitest';
import type { SecretSource } from '../../src/model/gateway.ts';
import { authorizerFunction } from '../../src/targets/aws/template/authorizer-function.ts';
import { functionPermissions } from '../../src/targets/aws/template/function-permissions.ts';
import { at, backend, host, operation, route, site, sourced } from '../support/model.ts';
import { plan } from './plan.ts';

const made = (secrets: readonly SecretSource[] = [], sites = [site()]) =>
  authorizerFunction(plan({ sites }), {
    code: { ZipFile: 'exports.handler = 1;' },
    timeoutSeconds: 10,
    secrets,
  });

describe('the authorizer', () => {
  test('runs on the newest runtime, with the code that it was given', () => {
    expect(made().Resources?.['Authorizer']?.Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Code: { ZipFile: 'exports.handler = 1;' },
      Timeout: 10,
    });
  });

  test('answers the APIs of its own stack and account only', () => {
    const { Resources = {} } = made(
      [],
      [site(undefined, [host('a.test')]), site(undefined, [host('b.test')])],
    );
    for (const [suffix, api] of [
      ['', 'RestApi'],
      ['2', 'RestApi2'],
    ])
      expect(Resources[`AuthorizerPermission${suffix}`]?.Properties).toMatchObject({
        Principal: 'apigateway.amazonaws.com',
        SourceAccount: { Ref: 'AWS::AccountId' },
        SourceArn: { 'Fn::Sub': expect.stringContaining(`:\${${api}}/authorizers/*`) },
      });
  });

  test('may read its secrets and no others', () => {
    const role = JSON.stringify(
      made([
        { kind: 'secretsManager', value: 'prod/gateway#key' },
        { kind: 'ssm', value: '/prod/${AWS::StackName}' },
        { kind: 'env', value: 'NAME' },
      ]).Resources?.['AuthorizerRole'],
    );
    expect(role).toContain(':secret:prod/gateway-??????"');
    expect(role).toContain(':parameter/prod/${!AWS::StackName}"');
    expect(role).not.toContain('NAME');
  });

  test('without secrets may only write its log', () => {
    const role = JSON.stringify(made().Resources?.['AuthorizerRole']);
    expect(role.match(/[a-z]+:[A-Z][A-Za-z]+"/g)).toEqual([
      'sts:AssumeRole"',
      'logs:CreateLogStream"',
      'logs:PutLogEvents"',
    ]);
    expect(made().Parameters).not.toHaveProperty('DecryptionKeyArn');
  });
});

test('a function that answers for the gateway can be called by the API that names it', () => {
  const lambda = {
    kind: 'lambda',
    name: 'orders',
    function: sourced('orders-live'),
    private: sourced(false),
    at,
  } as const;
  const target = { kind: 'below' } as const;
  const asks = (name: string) => operation('GET', { backend: sourced({ backend: name, target }) });
  const { Resources } = functionPermissions(
    plan({
      backends: [backend(), lambda],
      sites: [
        site([route('/a', [asks('main')])], [host('a.test')]),
        site([route('/b', [asks('orders')])], [host('b.test')]),
      ],
    }),
  );
  expect(Object.keys(Resources ?? {})).toEqual(['Permission2Orders']);
  expect(Resources?.['Permission2Orders']?.Properties).toMatchObject({ FunctionName: 'orders-live' });
});
