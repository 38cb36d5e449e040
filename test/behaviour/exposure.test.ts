import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decide } from '../../src/decide/index.ts';
import { type Backend, startBackend } from '../support/backend.ts';
import { freePorts } from '../support/ports.ts';
import { exchange } from '../support/raw-http.ts';
import { type RunningGateway, startGateway } from '../support/running-gateway.ts';

let backend: Backend;
let gateway: RunningGateway;
const port = { public: 0, internal: 0 };

beforeAll(async () => {
  backend = await startBackend();
  const [front = 0, internal = 0, verifier = 0] = await freePorts(3);
  Object.assign(port, { public: front, internal });
  gateway = await startGateway(
    {
      'exposure.openapi.yaml': `
openapi: 3.0.3
info: { title: Exposure, version: '1' }
servers: [{ url: 'http://localhost:${front}' }]
security: []
x-gateway:
  backends: { main: { url: 'http://127.0.0.1:${backend.port}' } }
  defaults: { backend: main, public: { reason: only exposure is tested here } }
  targets: { nginx: { listen: { internal: '127.0.0.1:${internal}', verifier: ${verifier} } } }
paths:
  /things:
    get: { operationId: listThings, responses: { '200': { description: ok } } }
    delete: { operationId: clearThings, x-gateway: { expose: internal }, responses: { '204': { description: ok } } }
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: getThing, responses: { '200': { description: ok } } }
  /things/reindex:
    get: { operationId: reindex, x-gateway: { expose: internal }, responses: { '200': { description: ok } } }
  /gone:
    get: { operationId: gone, x-gateway: { expose: none }, responses: { '200': { description: ok } } }
`,
    },
    [front, internal],
  );
});

afterAll(async () => {
  await gateway?.stop();
  await backend?.stop();
});

const cases = [
  ['public', 'GET /things', 200],
  ['public', 'DELETE /things', 405],
  ['public', 'GET /things/reindex', 404],
  ['public', 'DELETE /things/reindex', 404],
  ['public', 'GET /things/1', 200],
  ['public', 'GET /gone', 404],
  ['internal', 'DELETE /things', 200],
  ['internal', 'GET /things/reindex', 200],
  ['internal', 'GET /gone', 404],
] as const;

describe.each(cases)('on the %s listener %s is %i', (listener, request, status) => {
  const bytes = `${request} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

  test('decide', () => {
    const on = listener === 'public' ? 'http' : 'internal';
    const decision = decide(
      gateway.gateway,
      {
        listener: on,
        port: port[listener],
        serverName: undefined,
        peer: '127.0.0.1',
        bytes: Buffer.from(bytes),
      },
      { now: 0 },
    );
    expect(decision.status ?? 200).toBe(status);
  });

  test('nginx', async () => {
    const response = await exchange({ port: port[listener] }, bytes);
    expect(response.status).toBe(status);
    if (status === 405) expect(response.header('allow')).toBe('GET, HEAD');
  });
});
