import { expect, test } from 'vitest';
import type { Gateway } from '../../../src/model/gateway.ts';
import { globalTemplate } from '../../../src/targets/aws/edge/global-template.ts';
import {
  edgeHeader,
  hiddenFromBackends,
  unauthenticatedHeaders,
  viewerAddressHeader,
} from '../../../src/targets/aws/edge/names.ts';
import { originSecretRule } from '../../../src/targets/aws/edge/origin-secret.ts';
import { edgeResources } from '../../../src/targets/aws/edge/resources.ts';
import { gateway, host, operation, route, site, sourced } from '../../support/model.ts';

const sites = [site([route('/')], [host('a.test'), host('b.test')])];
const parts = (changes: Partial<Gateway> = {}) => {
  const {
    Parameters = {},
    Conditions = {},
    Resources = {},
    Outputs = {},
  } = edgeResources(gateway({ sites, ...changes }));
  return { Parameters, Conditions, Resources, Outputs };
};
const configOf = (made: ReturnType<typeof parts>, id: string) =>
  made.Resources[id]?.Properties['DistributionConfig'] as unknown as Record<string, unknown>;

test('each host has a distribution that caches nothing and talks TLS 1.2 to the domain of the same name', () => {
  const config = configOf(parts(), 'EdgeDistributionATest');
  expect(config).toMatchObject({
    Aliases: ['a.test'],
    ViewerCertificate: {
      AcmCertificateArn: { Ref: 'EdgeCertificateArnATest' },
      MinimumProtocolVersion: 'TLSv1.2_2021',
    },
    Origins: [
      {
        DomainName: { 'Fn::GetAtt': ['DomainATest', 'RegionalDomainName'] },
        ConnectionAttempts: 1,
        CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
      },
    ],
    DefaultCacheBehavior: {
      ViewerProtocolPolicy: 'redirect-to-https',
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: '216adef6-5c7f-47e4-b989-5492eafa07d3',
    },
  });
});

test('no error of one caller is kept for another', () => {
  const errors = configOf(parts(), 'EdgeDistributionATest')['CustomErrorResponses'] as readonly object[];
  expect(errors).toContainEqual({ ErrorCode: 403, ErrorCachingMinTTL: 0 });
  for (const error of errors) expect(error).toMatchObject({ ErrorCachingMinTTL: 0 });
});

test('TLS 1.3 and a closed port follow the document', () => {
  const { tls } = gateway();
  const strict = parts({ tls: { ...tls, minVersion: sourced('1.3'), redirectHttp: sourced(false) } });
  expect(configOf(strict, 'EdgeDistributionBTest')).toMatchObject({
    ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.3_2025' },
    DefaultCacheBehavior: { ViewerProtocolPolicy: 'https-only' },
  });
});

test('the secret that the distribution sends is one of the two that the regional API lets through', () => {
  const made = parts();
  const [origin] = configOf(made, 'EdgeDistributionATest')['Origins'] as readonly {
    OriginCustomHeaders: unknown;
  }[];
  const reference = (letter: string) => ({
    'Fn::Sub': `{{resolve:secretsmanager:\${EdgeOriginSecret${letter}}:SecretString}}`,
  });
  expect(origin?.OriginCustomHeaders).toEqual([
    {
      HeaderName: 'X-Gwc-Origin',
      HeaderValue: { 'Fn::If': ['EdgeSendsSecretB', reference('B'), reference('A')] },
    },
  ]);
  const rule = JSON.stringify(originSecretRule(0));
  expect(rule).toContain(JSON.stringify(reference('A')));
  expect(rule).toContain(JSON.stringify(reference('B')));
  expect(originSecretRule(0)).toMatchObject({
    Priority: 0,
    Action: { Block: {} },
    Statement: { NotStatement: {} },
  });
});

test('what resources refer to is there', () => {
  const made = parts();
  const known = new Set([
    ...Object.keys(made.Resources),
    ...Object.keys(made.Parameters),
    ...['AWS::NoValue', 'AWS::StackId', 'DomainATest', 'DomainBTest'],
  ]);
  const text = JSON.stringify(made, (key, value: unknown) => (key === 'FunctionCode' ? undefined : value));
  for (const [, name = ''] of text.matchAll(/\{"Ref":"([^"]+)"\}/g)) expect(known).toContain(name);
  for (const [, name = ''] of text.matchAll(/"Fn::GetAtt":\["([^"]+)"/g)) expect(known).toContain(name);
  for (const [, name = ''] of text.matchAll(/\$\{([A-Za-z]+)\}/g)) expect(known).toContain(name);
  for (const [, name = ''] of text.matchAll(/"Fn::If":\["([^"]+)"/g))
    expect(Object.keys(made.Conditions)).toContain(name);
});

test('the outputs of the template in us-east-1 are parameters of the regional one', () => {
  const template = globalTemplate(gateway({ sites }), [{ Name: 'rule' }]);
  expect(Object.keys(template.Outputs ?? {})).toHaveLength(3);
  for (const name of Object.keys(template.Outputs ?? {})) expect(parts().Parameters).toHaveProperty(name);
  expect(template.Resources['EdgeWebAcl']).toMatchObject({
    Properties: { Scope: 'CLOUDFRONT', Rules: [{ Name: 'rule' }] },
  });
  expect(Object.keys(globalTemplate(gateway({ sites }), []).Resources)).toEqual([
    'CertificateATest',
    'CertificateBTest',
  ]);
});

test('DNS names lead to the distributions', () => {
  const { Resources } = parts();
  expect(Resources['EdgeRecordAAAABTest']).toMatchObject({
    Properties: {
      Type: 'AAAA',
      Name: 'b.test',
      AliasTarget: { DNSName: { 'Fn::GetAtt': ['EdgeDistributionBTest', 'DomainName'] } },
    },
  });
});

test('HSTS is on every answer, and header changes of all operations beside it', () => {
  const changes = sourced({ set: [{ name: 'X-Frame-Options', value: 'DENY' }], add: [], remove: ['Server'] });
  const alike = gateway({ sites: [site([route('/a', [operation('GET', { responseHeaders: changes })])])] });
  const configOfPolicy = (model = alike) =>
    parts(model).Resources['EdgeResponseHeaders']?.Properties['ResponseHeadersPolicyConfig'];
  expect(configOfPolicy()).toMatchObject({
    SecurityHeadersConfig: {
      StrictTransportSecurity: { AccessControlMaxAgeSec: 15_552_000, Override: true },
    },
    CustomHeadersConfig: { Items: [{ Header: 'X-Frame-Options', Value: 'DENY', Override: true }] },
    RemoveHeadersConfig: { Items: [{ Header: 'Server' }] },
  });
  const other = route('/b', [operation('GET', { id: 'b' })]);
  expect(
    configOfPolicy(gateway({ sites: [site([...(alike.sites[0]?.routes ?? []), other])] })),
  ).not.toHaveProperty('CustomHeadersConfig');
});

test('API Gateway is told names as CloudFront sends them', () => {
  expect(edgeHeader(viewerAddressHeader)).toBe('method.request.header.X-Gwc-Viewer-Address');
  expect([...unauthenticatedHeaders('2')]).toEqual([
    ['X-Gwc-Unauthenticated', 'method.request.header.X-Gwc-Request'],
    ['X-Gwc-Resource', 'context.resourcePath'],
    ['X-Gwc-Id', 'context.requestId'],
    ['X-Gwc-Api', "'2'"],
  ]);
  expect([...unauthenticatedHeaders('').keys()]).not.toContain('X-Gwc-Api');
  expect(hiddenFromBackends).toContain('X-Amz-Cf-Id');
});
