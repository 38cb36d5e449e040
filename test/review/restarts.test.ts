import { readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Headers,
  type IdentityGateway,
  passwords,
  startIdentityGateway,
  usersFile,
} from '../nginx/identity-gateway.ts';
import { apiKeys } from '../nginx/identity-model.ts';

let gateway: IdentityGateway;
beforeAll(async () => {
  gateway = await startIdentityGateway({ users: usersFile, errorLog: 'info' });
});
afterAll(async () => gateway?.stop());

const ann: Headers = [['Authorization', `Basic ${Buffer.from(`ann:${passwords.ann}`).toString('base64')}`]];

/** Keys of decisions on disk, as nginx writes them in front of the answer. */
const keys = (): readonly string[] => {
  const folder = join(gateway.folder, 'run/cache');
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile()) return [];
    const text = readFileSync(join(entry.parentPath, entry.name), 'latin1');
    return text.includes('Basic') ? [text.slice(text.indexOf('KEY: '), text.indexOf('HTTP/1.1'))] : [];
  });
};

test('a decision that rests on a secret belongs to one run, though process numbers come again in containers (J25)', async () => {
  const pidFile = join(gateway.folder, 'run/nginx.pid');
  expect((await gateway.get('/staff', ann)).answer.status).toBe(200);
  const started = statSync(pidFile).mtimeMs;
  expect(keys()).toHaveLength(1);
  expect(keys()[0]).toMatch(/\n[0-9]+ [0-9.]+\n|\n[0-9]+ [0-9.]+$/);
  utimesSync(pidFile, new Date(started + 5000), new Date(started + 5000));
  expect((await gateway.get('/staff', ann)).answer.status).toBe(200);
  expect(keys()).toHaveLength(2);
});

test('no error log, however fine, quotes a credential of the query (G1)', async () => {
  await gateway.main.stop();
  const { answer } = await gateway.get(`/key?api%20key=${apiKeys.acme}`);
  expect(answer.status).toBe(502);
  const other = await gateway.get('/key', [['X-Api-Key', apiKeys.acme]]);
  expect(other.answer.status).toBe(502);
  const log = readFileSync(join(gateway.folder, 'logs/error.log'), 'utf8');
  expect(log).not.toContain(apiKeys.acme);
});
