import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startBackend } from './backend.ts';
import { createAuthority, issueCertificate } from './certificates.ts';
import { startNginx } from './nginx.ts';
import { freePort } from './ports.ts';
import { exchange, openConnection, requestBytes } from './raw-http.ts';

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

test('requests reach the back end byte for byte, several on one connection', async () => {
  const backend = await startBackend();
  cleanups.push(backend.stop);
  const connection = await openConnection({ port: backend.port });
  const first = requestBytes('GET /a%2Fb?x=%zz HTTP/1.1', [['hOsT', 'a.test']]);
  const second = requestBytes(
    'POST /b HTTP/1.1',
    [['Transfer-Encoding', 'chunked']],
    '3;x=y\r\nabc\r\n0\r\n\r\n',
  );
  connection.send(Buffer.concat([first, second]));
  expect(JSON.parse((await connection.response()).text)).toMatchObject({ target: '/a%2Fb?x=%zz' });
  expect((await connection.response()).status).toBe(200);
  connection.close();
  expect(backend.requests.map(({ bytes }) => bytes)).toEqual([first, second]);
  expect(backend.requests.map(({ connection }) => connection)).toEqual([0, 0]);
  expect(backend.requests[1]?.body.toString()).toBe('abc');
});

test('a back end answers what the case asks for', async () => {
  const backend = await startBackend({
    answer: () => ({ status: 404, headers: [['X-A', 'b']], body: 'no' }),
  });
  cleanups.push(backend.stop);
  const get = requestBytes('GET / HTTP/1.1', [['Host', 'a.test']]);
  const answer = await exchange({ port: backend.port }, get);
  expect([answer.status, answer.header('x-a'), answer.text]).toEqual([404, 'b', 'no']);
  backend.answerWith(() => ({ raw: 'HTTP/1.1 200 OK\r\n\r\nto the end', close: true }));
  expect((await exchange({ port: backend.port }, get)).text).toBe('to the end');
  backend.answerWith(() => 'reset');
  await expect(exchange({ port: backend.port }, get)).rejects.toThrow('the connection ended');
});

test('a back end over TLS sees the client certificate', async () => {
  const authority = createAuthority();
  const server = issueCertificate(authority, { names: ['DNS:back.test'] });
  const client = issueCertificate(authority, { names: ['DNS:gateway.test'] });
  const tls = { ...server, ca: authority.cert, requireClientCertificate: true };
  const backend = await startBackend({ tls });
  cleanups.push(backend.stop);
  const get = requestBytes('GET / HTTP/1.1', [['Host', 'back.test']]);
  const trusted = { servername: 'back.test', ca: authority.cert, ...client };
  expect((await exchange({ port: backend.port, tls: trusted }, get)).status).toBe(200);
  expect(backend.requests[0]?.clientCertificate?.commonName).toBe('gateway.test');
  const anonymous = { servername: 'back.test', ca: authority.cert };
  await expect(exchange({ port: backend.port, tls: anonymous }, get)).rejects.toThrow();
});

test('nginx starts on a folder, answers and stops; its own words explain a failed start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gwc-nginx-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'run'));
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (n) => `${n}_temp_path run/${n};`,
  );
  const configuration = (body: string): string =>
    `pid run/nginx.pid; error_log stderr; events {} http { access_log off; ${temporary.join(' ')}
     server { listen 127.0.0.1:${port}; ${body} } }`;
  writeFileSync(join(folder, 'nginx.conf'), configuration('return 204;'));
  const nginx = await startNginx({ folder, ports: [port] });
  const get = requestBytes('GET / HTTP/1.1', [['Host', 'a.test']]);
  expect((await exchange({ port }, get)).status).toBe(204);
  await nginx.stop();
  await expect(exchange({ port }, get)).rejects.toThrow('ECONNREFUSED');
  writeFileSync(join(folder, 'nginx.conf'), configuration('nonsense;'));
  await expect(startNginx({ folder, ports: [port] })).rejects.toThrow('unknown directive "nonsense"');
});
