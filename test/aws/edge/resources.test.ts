import { expect, test } from 'vitest';
import { edgeFunctions } from '../../../src/targets/aws/edge/functions.ts';
import { globalTemplate } from '../../../src/targets/aws/edge/global-template.ts';
import {
  hiddenFromBackends,
  sentAs,
  unauthenticatedParameters,
  viewerAddressHeader,
} from '../../../src/targets/aws/edge/names.ts';
import { originSecretRule } from '../../../src/targets/aws/edge/origin-secret.ts';
import { edgeResources } from '../../../src/targets/aws/edge/resources.ts';
import { getAtt, ref } from '../../../src/targets/aws/template/cloudformation.ts';
import { gateway, operation, route, site, sourced } from '../../support/model.ts';

const hosts = [
  { name: 'a.test', id: 'ATest', origin: getAtt('DomainATest', 'RegionalDomainName') },
  { name: 'b.test', id: 'BTest', origin: getAtt('DomainBTest', 'RegionalDomainName') },
];
const parts = (model = gateway()) =>
  edgeResources({
    gateway: model,
    hosts,
    hostedZone: 'Z1',
    functions: edgeFunctions(model, ({ template }) => template),
  });
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
  const strict = parts(
    gateway({ tls: { ...tls, minVersion: sourced('1.3'), redirectHttp: sourced(false) } }),
  );
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
      HeaderName: 'x-gwc-origin',
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
  expect(Object.keys({ ...made.Resources, ...made.Parameters, ...made.Conditions, ...made.Outputs })).toEqual(
    expect.not.arrayContaining([expect.not.stringMatching(/^Edge/)]),
  );
});

test('the outputs of the template in us-east-1 are parameters of the regional one', () => {
  const template = globalTemplate({
    name: 'shop',
    hosts,
    hostedZone: ref('HostedZone'),
    rules: [{ Name: 'rule' }],
  });
  expect(Object.keys(template.Outputs ?? {}).filter((name) => !(name in parts().Parameters))).toEqual([]);
  expect(template.Resources['EdgeWebAcl']).toMatchObject({
    Properties: { Scope: 'CLOUDFRONT', Rules: [{ Name: 'rule' }] },
  });
  const plain = globalTemplate({ name: 'shop', hosts, hostedZone: undefined, rules: [] });
  expect(Object.keys(plain.Resources)).toEqual(['EdgeCertificateATest', 'EdgeCertificateBTest']);
});

test('DNS names lead to the distributions', () => {
  const { Resources } = parts();
  expect(Resources['EdgeRecordV6BTest']).toMatchObject({
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
  expect(sentAs(viewerAddressHeader)).toBe('X-Gwc-Viewer-Address');
  expect(unauthenticatedParameters).toEqual({
    'gatewayresponse.header.x-gwc-unauthenticated': 'method.request.header.X-Gwc-Request',
    'gatewayresponse.header.x-gwc-resource': 'context.resourcePath',
    'gatewayresponse.header.x-gwc-id': 'context.requestId',
  });
  expect(hiddenFromBackends).toContain('x-amz-cf-id');
});
