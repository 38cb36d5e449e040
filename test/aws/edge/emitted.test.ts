import { beforeAll, describe, expect, test } from 'vitest';
import { build } from './emitted-document.ts';
import { requestId, responseEvent } from './event.ts';
import { loadFunction } from './runtime.ts';

type Tree = { readonly [name: string]: Tree };

describe('a document that asks for a distribution', () => {
  let template: Tree;
  let global: Tree;
  let body: Tree;
  let readme: string;
  beforeAll(async () => {
    const { codes, files } = await build('cloudfront');
    expect(codes).toEqual([]);
    template = JSON.parse(files.get('template.json') ?? '{}') as Tree;
    readme = files.get('README.md') ?? '';
    global = JSON.parse(files.get('us-east-1.json') ?? '{}') as Tree;
    body = resource('RestApi')['Body'] ?? (JSON.parse(files.get('openapi.json') ?? '{}') as Tree);
  });
  const resource = (id: string): Tree => template['Resources']?.[id]?.['Properties'] ?? {};

  test('has what must live in us-east-1 in a template of its own, whose outputs the other one asks for', () => {
    expect(Object.keys(global['Outputs'] ?? {})).toEqual(['EdgeCertificateArnPagesExampleCom']);
    expect(template['Parameters']).toHaveProperty('EdgeCertificateArnPagesExampleCom');
  });

  test('says how it is deployed, and how its secret is replaced', () => {
    expect(readme).toContain('--region us-east-1 --template-file us-east-1.json');
    for (const name of ['EdgeGenerationA', 'EdgeGenerationB', 'EdgeSends']) {
      expect(readme).toContain(name);
      expect(template['Parameters']).toHaveProperty(name);
    }
  });

  test('leads names to the distribution, and the distribution to the domain of the same name', () => {
    expect(template['Resources']).not.toHaveProperty('RecordAPagesExampleCom');
    expect(resource('EdgeRecordAPagesExampleCom')['AliasTarget']).toMatchObject({
      DNSName: { 'Fn::GetAtt': ['EdgeDistributionPagesExampleCom', 'DomainName'] },
    });
    expect(resource('DomainPagesExampleCom')).toMatchObject({ DomainName: 'pages.example.com' });
  });

  test('has API Gateway tell it of unknown callers, in words that its function reads', () => {
    const told = body['x-amazon-apigateway-gateway-responses']?.['UNAUTHORIZED'];
    expect(told).toMatchObject({ statusCode: '302' });
    const parameters = (told?.['responseParameters'] ?? {}) as unknown as Readonly<Record<string, string>>;
    const headers = Object.fromEntries(
      Object.entries(parameters).map(([name, expression]) => [
        name.replace('gatewayresponse.header.', '').toLowerCase(),
        meaning[expression] ?? expression.slice(1, -1),
      ]),
    );
    const handler = loadFunction(String(resource('EdgeViewerResponse')['FunctionCode']));
    const asked = (target: string, resourcePath: string) => {
      const request = { target, host: 'pages.example.com', headers: ['Sec-Fetch-Mode: navigate'] };
      const known = { ...headers, 'x-gwc-resource': resourcePath };
      return handler(responseEvent(request, { statusCode: 302, headers: known }));
    };
    expect(asked('/v1/pages/1', '/v1/pages/{id}').headers['location']?.value).toBe(
      'https://login.example.com/start?return_to=https%3A%2F%2Fpages.example.com%2Fv1%2Fpages%2F1',
    );
    expect(asked('/v1/status', '/v1/status')).toMatchObject({ statusCode: 401 });
  });

  /** What API Gateway puts in place of an expression, for a request of the event. */
  const meaning: Readonly<Record<string, string>> = {
    'method.request.header.X-Gwc-Request': requestId,
    'context.requestId': '6f1f0f0e-5f2c-4a44-9d3e-0c1f3f7f6f10',
    'context.resourcePath': '/v1/pages/{id}',
  };

  test('passes the address of the client on, and hides from back ends what only the edge knows', () => {
    const integration = body['paths']?.['/v1/pages/{id}']?.['get']?.['x-amazon-apigateway-integration'];
    expect(integration?.['requestParameters']).toMatchObject({
      'integration.request.header.X-Forwarded-For': 'method.request.header.X-Gwc-Viewer-Address',
      'integration.request.header.X-Gwc-Origin': "'-'",
      'integration.request.header.X-Gwc-Request': "'-'",
      'integration.request.header.X-Amz-Cf-Id': "'-'",
    });
  });
});

test('without a distribution nobody is redirected as a person', async () => {
  const { codes, files } = await build('none');
  expect(codes).toContain('SEC010');
  expect([...files.keys()]).toEqual([]);
});
