import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningModel, settings, startModel } from '../nginx/start-model.ts';
import { type Backend, startBackend } from '../support/backend.ts';
import { type Credential, createAuthority, issueCertificate } from '../support/certificates.ts';
import { backend, gateway, host, operation, route, site, sourced } from '../support/model.ts';
import { freePorts } from '../support/ports.ts';

/** Sessions know an authority by its name only, so the successor has the same. */
const authority = createAuthority('Partners');
const successor = createAuthority('Partners');
const servers = createAuthority('Servers');
const front = issueCertificate(servers, { names: ['DNS:localhost'] });
const partner = issueCertificate(authority, { names: ['DNS:partner.test'] });

let running: RunningModel;
let main: Backend;
let port = 0;
beforeAll(async () => {
  [port = 0] = await freePorts(1);
  main = await startBackend();
  const nodes = [sourced({ host: '127.0.0.1', port: main.port, weight: 1 })];
  const guarded = operation('GET', { id: 'guarded', clientCertificate: sourced('require') });
  const asked = sourced({ mode: 'optional', ca: sourced('ca'), forward: [] } as const);
  running = await startModel(
    gateway({
      secrets: [{ name: 'ca', sources: [{ kind: 'vault', value: 'kv/ca' }], at: sourced(0).at }],
      tls: { ...gateway().tls, clientCertificate: asked },
      backends: [backend('main', { nodes })],
      sites: [site([route('/guarded', [guarded])], [host('localhost', 'https', port)])],
      targets: settings(),
    }),
    [port],
    [
      { path: 'tls/localhost.crt', contents: front.cert },
      { path: 'tls/localhost.key', contents: front.key },
      { path: 'secrets/ca', contents: authority.cert },
    ],
  );
});
afterAll(async () => {
  await running?.stop();
  await main?.stop();
});

/** A new file: nginx knows one that was written twice within a second by its inode only. */
const trust = ({ cert }: Credential): void => {
  const path = join(running.folder, 'secrets/ca');
  writeFileSync(`${path}.new`, cert);
  renameSync(`${path}.new`, path);
  running.nginx.reload();
};

interface Visit {
  readonly status: string;
  /** The last session that the server offered. */
  readonly session: Buffer | undefined;
}

type Version = 'TLSv1.2' | 'TLSv1.3';

const visit = (version: Version, client: Partial<Credential> & { session?: Buffer }): Promise<Visit> =>
  new Promise((resolve, reject) => {
    let session: Buffer | undefined;
    let answer = '';
    const to = { port, host: '127.0.0.1', servername: 'localhost', ca: servers.cert };
    const socket = connect({ ...to, minVersion: version, maxVersion: version, ...client }, () => {
      socket.write(`GET /guarded HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`);
    });
    socket.setEncoding('latin1').on('data', (text: string) => {
      answer += text;
    });
    socket.on('session', (offered) => {
      session = offered;
    });
    socket.on('error', reject).on('close', () => resolve({ status: answer.slice(9, 12), session }));
  });

/** Workers of before and after a reload take connections side by side for a moment. */
const visitUntil = async (status: string, version: Version): Promise<Visit> => {
  const visits: Visit[] = [];
  const last = async (): Promise<string | undefined> => {
    visits.push(await visit(version, partner));
    return visits.at(-1)?.status;
  };
  await expect.poll(last, { timeout: 8000 }).toBe(status);
  return visits.at(-1) ?? { status: '', session: undefined };
};

describe.each<Version>(['TLSv1.2', 'TLSv1.3'])('a client certificate over %s', (version) => {
  test('counts for no later connection, which may come when its authority is trusted no more', async () => {
    const { session } = await visitUntil('200', version);
    const kept = session === undefined ? {} : { session };
    expect((await visit(version, kept)).status).toBe('403');
    trust(successor);
    await visitUntil('400', version);
    expect((await visit(version, kept)).status).toBe('403');
    trust(authority);
  });
});
