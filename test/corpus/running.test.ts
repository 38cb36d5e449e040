import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Backend, startBackend } from '../support/backend.ts';
import { type RunningNginx, startNginx } from '../support/nginx.ts';
import { freePorts } from '../support/ports.ts';
import { type Connection, openConnection, requestBytes } from '../support/raw-http.ts';
import { compile, load, readableFolder, writeFiles } from '../support/running-gateway.ts';
import { credentials, prepare } from './prepare.ts';
import { type Probe, probesOf } from './probes.ts';
import { hasCorpus, type RealDocument, realDocuments, vendorOperations } from './real-documents.ts';

interface Running {
  readonly port: number;
  /** Stays open over requests; a new one after nginx has closed it. */
  connection: Connection;
  readonly backends: ReadonlyMap<string, Backend>;
  readonly nginx: RunningNginx;
  readonly folder: string;
}

/** Placeholder of each back end's port in the overlay, in the order in which the overlay names them. */
const placeholders = ['18081', '18082', '18083'];

async function start(document: RealDocument): Promise<Running> {
  const names = [...new Set(document.placements.map(({ backend }) => backend))];
  const backends = new Map(
    await Promise.all(names.map(async (name) => [name, await startBackend()] as const)),
  );
  const [port = 0, verifier = 0] = await freePorts(2);
  const ports = new Map([
    ['18080', port],
    ['18090', verifier],
    ...names.map((name, index) => [placeholders[index] ?? '', backends.get(name)?.port ?? 0] as const),
  ]);
  const folder = readableFolder();
  const { spec, overlay } = prepare(document, join(folder, 'source'), ports);
  const { artifacts } = compile(await load([spec], { overlay: [overlay] }));
  writeFiles(join(folder, 'nginx'), artifacts);
  const nginx = await startNginx({ folder: join(folder, 'nginx'), ports: [port] });
  return { port, connection: await openConnection({ port }), backends, nginx, folder };
}

async function check(
  { name, method, host, target, credential, outcome }: Probe,
  running: Running,
  tokens: ReturnType<typeof credentials>,
): Promise<void> {
  const { port, backends, connection } = running;
  for (const backend of backends.values()) backend.forget();
  const headers = [['Host', `${host}:${port}`], ...tokens[credential]] as const;
  connection.send(requestBytes(`${method} ${target} HTTP/1.1`, headers));
  const response = await connection.response({ head: method === 'HEAD' });
  if (response.header('connection') === 'close') {
    connection.close();
    running.connection = await openConnection({ port });
  }
  const received = [...backends].flatMap(([backend, { requests }]) =>
    requests.map((request) => [backend, request.method, request.target]),
  );
  if (outcome.kind === 'forwarded') {
    expect(received, `${name}: ${response.status}`).toEqual([[outcome.backend, method, outcome.target]]);
    expect(response.status, name).toBe(200);
    return;
  }
  expect(received, name).toEqual([]);
  expect(response.status, name).toBe(outcome.kind === 'refused' ? outcome.status : 405);
  if (outcome.kind === 'not allowed') {
    expect(response.header('allow')?.split(', ').sort(), name).toEqual(outcome.allow);
  }
}

describe.skipIf(!hasCorpus)('real documents run on nginx (skipped without the corpus)', () => {
  describe.each(hasCorpus ? realDocuments : [])('$name', (document) => {
    let running: Running | undefined;
    const tokens = credentials(document, vendorOperations(document), Math.floor(Date.now() / 1000));

    beforeAll(async () => {
      running = await start(document);
    });

    afterAll(async () => {
      running?.connection.close();
      await running?.nginx.stop();
      for (const backend of running?.backends.values() ?? []) await backend.stop();
      if (running !== undefined) rmSync(running.folder, { recursive: true, force: true });
    });

    test.each(probesOf(document))('$title', async ({ probes }) => {
      if (running === undefined) throw new Error('the gateway does not run');
      for (const probe of probes) await check(probe, running, tokens);
    });
  });
});
