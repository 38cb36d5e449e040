import { describe, expect, test } from 'vitest';
import { samples } from './sample-requests.ts';
import { open, proxy, scheme } from './sample-template.ts';
import { kindReadings } from './stack/readings.ts';

const withSample = samples();
const gatewayResponses = (responses: Record<string, object>) => ({
  document: { 'x-amazon-apigateway-gateway-responses': responses as never },
});

describe('gateway responses', () => {
  const problem = {
    statusCode: '404',
    responseParameters: {
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
      'gatewayresponse.header.X-Path': 'context.path',
    },
    responseTemplates: {
      'application/json': '{"id":"$context.requestId","said":$context.error.messageString}',
    },
  };

  test('have the status, headers and body of their type', async () => {
    await withSample(gatewayResponses({ MISSING_AUTHENTICATION_TOKEN: problem }), async ({ send }) => {
      const response = await send('GET /v1/none');
      expect(response.status).toBe(404);
      expect(response.header('content-type')).toBe('application/problem+json');
      expect(response.header('x-path')).toBe('/v1/none');
      expect(JSON.parse(response.text)).toEqual({
        id: response.header('x-amzn-requestid'),
        said: 'Missing Authentication Token',
      });
    });
  });

  test('inherit those of 4XX and 5XX by their own status', async () => {
    const responses = { DEFAULT_4XX: { statusCode: '418' }, DEFAULT_5XX: { statusCode: '503' } };
    await withSample(gatewayResponses(responses), async ({ send }) => {
      expect((await send('GET /v1/none')).status).toBe(418);
    });
    await withSample(
      gatewayResponses(responses),
      async ({ send }) => expect((await send('GET /v1/things/7')).status).toBe(503),
      { hosts: new Map() },
    );
  });
});

describe('a back end', () => {
  const mapping = {
    'integration.request.path.id': 'method.request.path.id',
    'integration.request.header.X-Mapped': 'method.request.header.X-Mapped',
    'integration.request.header.X-Static': "'by the gateway'",
  };
  const paths = {
    '/things/{id}': { 'x-amazon-apigateway-any-method': open(proxy('/things/{id}', mapping)) },
  };

  test('gets the query and the headers of the client, its own host and the client address last', async () => {
    await withSample({ paths }, async ({ backend, send }) => {
      const sent = [
        ['X-Own', 'a'],
        ['X-Own', 'b'],
        ['X-Forwarded-For', '6.6.6.6'],
      ] as const;
      await send('GET /v1/things/7?a=1&b=%20&a=2', [...sent, ['x-static', 'by the client']]);
      const [request] = backend.requests;
      expect(request?.target).toBe('/things/7?a=1&a=2&b=%20');
      expect(request?.values('host')).toEqual(['things.test']);
      expect(request?.values('x-own')).toEqual(['a,b']);
      expect(request?.values('x-static')).toEqual(['by the gateway']);
      expect(request?.values('x-forwarded-for')).toEqual(['6.6.6.6, 127.0.0.1']);
    });
  });

  test('gets what the client sent where a mapping finds no value, as the worst reading has it', async () => {
    const spelled = [['x-mapped', 'by the client']] as const;
    await withSample({ paths }, async ({ backend, send }) => {
      await send('GET /v1/things/7', spelled);
      expect(backend.requests[0]?.values('x-mapped')).toEqual(['by the client']);
    });
    const readings = { ...kindReadings, headerNames: 'exact' } as const;
    await withSample(
      { paths },
      async ({ backend, send }) => {
        await send('GET /v1/things/7', spelled);
        expect(backend.requests[0]?.values('x-mapped')).toEqual([]);
      },
      { readings },
    );
  });

  test('gets the body, and its answer comes back with some headers under other names', async () => {
    await withSample({ paths }, async ({ backend, send }) => {
      backend.answerWith(() => ({
        status: 401,
        headers: [
          ['WWW-Authenticate', 'Basic'],
          ['Server', 's'],
          ['X-Own', '1'],
        ],
        body: 'made by the back end',
      }));
      const response = await send('POST /v1/things/7', [['Content-Type', 'text/plain']], 'hello');
      expect(backend.requests[0]?.body.toString()).toBe('hello');
      expect([response.status, response.text]).toEqual([401, 'made by the back end']);
      expect(response.header('x-amzn-remapped-www-authenticate')).toBe('Basic');
      expect(response.header('www-authenticate')).toBeUndefined();
      expect(response.header('x-own')).toBe('1');
      backend.answerWith(() => ({ status: 200 }));
    });
  });

  test('that is late is 504, and a header that nobody may map is 500', async () => {
    const slow = { '/a': { get: open({ ...proxy('/a'), timeoutInMillis: 50 }) } };
    await withSample({ paths: slow }, async ({ backend, send }) => {
      backend.answerWith(() => 'hang');
      expect((await send('GET /v1/a')).status).toBe(504);
      backend.answerWith(() => ({ status: 200 }));
    });
    const illegal = {
      '/a': { get: open(proxy('/a', { 'integration.request.header.Content-Length': "'1'" })) },
    };
    await withSample({ paths: illegal }, async ({ send }) =>
      expect((await send('GET /v1/a')).status).toBe(500),
    );
  });
});

describe('a mock', () => {
  const mock = {
    type: 'mock',
    passthroughBehavior: 'never',
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    responses: {
      default: {
        statusCode: '405',
        responseParameters: { 'method.response.header.Allow': "'GET'" },
        responseTemplates: {
          'application/json': `#if($input.params('Origin')=='https://a.test')#set($context.responseOverride.status=204)#set($context.responseOverride.header.X-Said='$input')#end{"id":"$context.requestId"}`,
        },
      },
    },
  };
  const any = open(mock, {
    responses: { '405': { description: 'no', headers: { Allow: { schema: { type: 'string' } } } } },
  });
  const paths = { '/a': { get: open(proxy('/a')), 'x-amazon-apigateway-any-method': any } };

  test('answers with its response, which a template may override', async () => {
    await withSample({ paths }, async ({ backend, send }) => {
      const response = await send('POST /v1/a');
      expect([response.status, response.header('allow')]).toEqual([405, 'GET']);
      expect(JSON.parse(response.text).id).toBe(response.header('x-amzn-requestid'));
      expect((await send('OPTIONS /v1/a', [['Origin', 'https://a.test']])).status).toBe(204);
      expect(backend.requests).toEqual([]);
    });
  });

  test('refuses types of bodies that it has no template for', async () => {
    await withSample({ paths }, async ({ send }) => {
      expect((await send('POST /v1/a', [['Content-Type', 'application/json; charset=utf-8']])).status).toBe(
        405,
      );
      expect((await send('POST /v1/a', [['Content-Type', 'text/csv']])).status).toBe(415);
    });
  });
});

test('the access log has a line for each request, with what callers said as it is', async () => {
  const stage = {
    AccessLogSetting: {
      Format:
        '{"status":"$context.status","path":"$context.path","type":"$context.error.responseType","who":"$context.authorizer.who"}',
    },
  };
  const sample = {
    stage,
    paths: { '/a': { get: open(proxy('/a'), { security: [{ who: [] }] }) } },
    schemes: { who: scheme(0) },
  };
  await withSample(sample, async ({ send, stack }) => {
    await send('GET /v1/a', [['Authorization', 'good']]);
    await send('GET /v1/b"');
    expect(stack.log).toEqual([
      '{"status":"200","path":"/v1/a","type":"-","who":"good"}',
      '{"status":"403","path":"/v1/b"","type":"MISSING_AUTHENTICATION_TOKEN","who":"-"}',
    ]);
  });
});
