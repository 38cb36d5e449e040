import { describe, expect, test } from 'vitest';
import { samples } from './sample-requests.ts';
import { open, proxy, scheme } from './sample-template.ts';

const withSample = samples();
const source = 'method.request.header.Authorization';
const guarded = (mapping = {}) => ({
  '/a': { get: open(proxy('/a', mapping), { security: [{ who: [] }] }) },
  '/b': { get: open(proxy('/b', mapping), { security: [{ who: [] }] }) },
});
const says = (said: string) => [['Authorization', said]] as const;

describe('an authorizer', () => {
  test('lets its policy decide, and throws what callers get', async () => {
    await withSample({ paths: guarded(), schemes: { who: scheme(0) } }, async ({ backend, send, stack }) => {
      const answers = [];
      for (const said of ['good', 'bad', 'Unauthorized', 'unauthorized', 'anything']) {
        const response = await send('GET /v1/a', says(said));
        answers.push([response.status, response.header('x-amzn-errortype')]);
      }
      expect(answers).toEqual([
        [200, undefined],
        [403, 'AccessDeniedException'],
        [401, 'UnauthorizedException'],
        [500, 'AuthorizerConfigurationException'],
        [500, 'AuthorizerConfigurationException'],
      ]);
      expect(stack.calls).toHaveLength(5);
      expect(backend.requests).toHaveLength(1);
    });
  });

  test('is called with the event of a REQUEST authorizer', async () => {
    await withSample({ paths: guarded(), schemes: { who: scheme(0) } }, async ({ send, stack }) => {
      await send('GET /v1/a?x=1&x=2', says('good'));
      expect(stack.calls[0]?.event).toMatchObject({
        type: 'REQUEST',
        methodArn: expect.stringMatching(
          /^arn:aws:execute-api:eu-west-1:123456789012:a[0-9a-f]{9}\/live\/GET\/a$/,
        ),
        resource: '/a',
        path: '/v1/a',
        httpMethod: 'GET',
        headers: { Authorization: 'good', 'X-Forwarded-For': '127.0.0.1' },
        queryStringParameters: { x: '2' },
        multiValueQueryStringParameters: { x: ['1', '2'] },
        pathParameters: {},
        requestContext: {
          resourcePath: '/a',
          httpMethod: 'GET',
          stage: 'live',
          identity: { sourceIp: '127.0.0.1' },
        },
      });
    });
  });

  test('is not called where an identity source is missing or empty', async () => {
    await withSample({ paths: guarded(), schemes: { who: scheme(300, source) } }, async ({ send, stack }) => {
      expect((await send('GET /v1/a')).status).toBe(401);
      expect((await send('GET /v1/a', says(''))).status).toBe(401);
      expect(stack.calls).toEqual([]);
    });
  });

  test('keeps a policy for all methods of one identity, for its time to live', async () => {
    let now = 1_000_000;
    const sample = { paths: guarded(), schemes: { who: scheme(10, source) } };
    await withSample(
      sample,
      async ({ send, stack }) => {
        await send('GET /v1/a', says('good'));
        expect((await send('GET /v1/b', says('good'))).status).toBe(200);
        expect(stack.calls).toHaveLength(1);
        now += 9_999;
        await send('GET /v1/a', says('good'));
        expect(stack.calls).toHaveLength(1);
        now += 1;
        await send('GET /v1/a', says('good'));
        expect(stack.calls).toHaveLength(2);
      },
      { now: () => now },
    );
  });

  test('keeps policies of methods and paths apart where those are identity sources', async () => {
    const schemes = { who: scheme(10, `${source}, context.httpMethod, context.resourcePath`) };
    await withSample({ paths: guarded(), schemes }, async ({ send, stack }) => {
      for (const path of ['/a', '/b', '/a', '/b']) await send(`GET /v1${path}`, says('good'));
      expect(stack.calls).toHaveLength(2);
    });
  });

  test('gives its context to mappings, in place of what the client sent', async () => {
    const mapping = { 'integration.request.header.X-Who': 'context.authorizer.who' };
    await withSample({ paths: guarded(mapping), schemes: { who: scheme(0) } }, async ({ backend, send }) => {
      await send('GET /v1/a', [...says('good'), ['x-who', 'admin'], ['X-Who', 'root']]);
      expect(backend.requests[0]?.values('x-who')).toEqual(['good']);
    });
  });

  const outputs: readonly (readonly [string, string])[] = [
    ['no output', 'undefined'],
    ['no principal', `{ policyDocument: { Version: '2012-10-17', Statement: [] } }`],
    ['no policy', `{ principalId: 'x' }`],
    [
      'a list in the context',
      `{ principalId: 'x', policyDocument: { Version: '2012-10-17', Statement: [] }, context: { a: [] } }`,
    ],
  ];
  test.each(outputs)('with %s is one that does not work', async (_, output) => {
    const sample = {
      paths: guarded(),
      schemes: { who: scheme(0) },
      code: `exports.handler = async () => (${output});`,
    };
    await withSample(sample, async ({ send }) => expect((await send('GET /v1/a')).status).toBe(500));
  });

  test('whose policy is about another method allows nothing', async () => {
    const code = `exports.handler = async ({ methodArn }) => ({ principalId: 'x', policyDocument: { Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: methodArn.replace(/a$/, 'b') }] } });`;
    await withSample({ paths: guarded(), schemes: { who: scheme(0) }, code }, async ({ send }) => {
      expect((await send('GET /v1/a')).status).toBe(403);
    });
  });

  test('that API Gateway may not call does not work', async () => {
    const resources = { Permission: { Type: 'AWS::IAM::Role', Properties: {} } };
    await withSample(
      { paths: guarded(), schemes: { who: scheme(0) }, resources },
      async ({ send, stack }) => {
        expect((await send('GET /v1/a', says('good'))).status).toBe(500);
        expect(stack.calls).toEqual([]);
      },
    );
  });
});
