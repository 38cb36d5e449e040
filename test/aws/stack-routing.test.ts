import { describe, expect, test } from 'vitest';
import { samples } from './sample-requests.ts';
import { open, proxy } from './sample-template.ts';
import { kindReadings } from './stack/readings.ts';

const withSample = samples();
const id = { 'integration.request.path.id': 'method.request.path.id' };

describe('a custom domain', () => {
  test('serves what is below a mapping and nothing else', async () => {
    await withSample({}, async ({ backend, send }) => {
      expect((await send('GET /v1/things/7')).status).toBe(200);
      expect((await send('GET /things/7')).status).toBe(403);
      expect((await send('GET /v1x/things/7')).status).toBe(403);
      expect(backend.requests.map(({ target }) => target)).toEqual(['/store/things/7']);
    });
  });

  test('is the only one: other hosts and the default endpoint are forbidden', async () => {
    await withSample({}, async ({ backend, send, stack }) => {
      const [{ api } = { api: { id: '' } }] = stack.stack.deployed;
      const endpoint = `${api.id}.execute-api.eu-west-1.amazonaws.com`;
      expect((await send('GET /v1/things/7', [], '', { host: 'other.test' })).status).toBe(403);
      expect((await send('GET /live/things/7', [], '', { host: endpoint })).status).toBe(403);
      expect((await send('GET /v1/things/7', [], '', { host: 'API.test:443' })).status).toBe(200);
      expect(backend.requests).toHaveLength(1);
    });
  });
});

describe('resources', () => {
  const paths = {
    '/a/b': { get: open(proxy('/literal')) },
    '/a/{id}': { get: open(proxy('/variable/{id}', id)) },
    '/a/{rest+}': { get: open(proxy('/greedy')) },
    '/a/{id}/c': { get: open(proxy('/below')) },
  };

  test('literals win over variables, which win over greedy ones', async () => {
    await withSample({ paths }, async ({ backend, send }) => {
      for (const path of ['/a/b', '/a/x', '/a/x/c', '/a/x/d', '/a/b/c/d', '/a/b/'])
        await send(`GET /v1${path}`);
      expect(backend.requests.map(({ target }) => target)).toEqual([
        '/literal',
        '/variable/x',
        '/below',
        '/greedy',
        '/greedy',
        '/literal',
      ]);
    });
  });

  test('an unknown path and an undeclared method are missing authentication tokens', async () => {
    await withSample({ paths }, async ({ send }) => {
      for (const line of ['GET /v1/b', 'GET /v1/a', 'POST /v1/a/b', 'GET /v1']) {
        const response = await send(line);
        expect(response.status).toBe(403);
        expect(response.header('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
        expect(JSON.parse(response.text)).toEqual({ message: 'Missing Authentication Token' });
      }
    });
  });

  test('ANY stands for seven methods', async () => {
    const any = { '/a': { 'x-amazon-apigateway-any-method': open(proxy('/any')) } };
    await withSample({ paths: any }, async ({ backend, send }) => {
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
        expect((await send(`${method} /v1/a`)).status).toBe(200);
      for (const method of ['COPY', 'TRACE']) expect((await send(`${method} /v1/a`)).status).toBe(403);
      expect(backend.requests).toHaveLength(7);
    });
  });

  test('a variable reaches the back end decoded, or as sent, as one reads the documentation', async () => {
    const sent = 'GET /v1/a/x%2F..%2F%25%20y';
    await withSample({ paths }, async ({ backend, send }) => {
      await send(sent);
      expect(backend.requests[0]?.target).toBe('/variable/x/../%25%20y');
    });
    await withSample(
      { paths },
      async ({ backend, send }) => {
        await send(sent);
        expect(backend.requests[0]?.target).toBe('/variable/x%2F..%2F%25%20y');
      },
      { readings: kindReadings },
    );
  });
});
