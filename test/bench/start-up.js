import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeIssuer } from '../../fixtures/shop/stand-ins.js';
import { project } from '../set-up.js';
import { cpuOf } from './cpu.js';

const ROUNDS = 7;
const RUNS = 5;

/** About forty lines: what a first document looks like. */
const DOCUMENT = `openapi: 3.0.3
info: {title: Orders, version: 1.0.0}
servers: [{url: https://api.example.com/v1}]
security: [{user: ['orders:read']}]
x-gateway:
  backends:
    orders: {url: 'http://orders.internal:8080'}
  authenticators:
    user: {issuer: 'https://id.example.com/', audiences: [orders-api], jwks: {file: keys.json}}
  policies:
    mine: claims.sub == path.userId
  defaults: {backend: orders, limits: [{rate: 50/s, burst: 100, per: ip}]}
paths:
  /orders/{id}:
    get:
      operationId: getOrder
      parameters: [{name: id, in: path, required: true, schema: {type: string, format: uuid}}]
      responses:
        '200': {description: The order}
        '404': {description: No such order}
  /users/{userId}/orders:
    get:
      operationId: listOrders
      x-gateway: {authorize: mine}
      parameters: [{name: userId, in: path, required: true, schema: {type: string}}]
      responses:
        '200': {description: The orders of one user}
  /health:
    get:
      operationId: health
      security: []
      responses:
        '200': {description: Alive}
components:
  securitySchemes:
    user:
      type: openIdConnect
      openIdConnectUrl: https://id.example.com/.well-known/openid-configuration
`;

/** CPU of `gwc --help` and of a small build against bare node. */
export function benchStartUp() {
  const folder = mkdtempSync(join(tmpdir(), 'gwc-bench-'));
  writeFileSync(join(folder, 'empty.cjs'), '');
  writeFileSync(join(folder, 'openapi.yaml'), DOCUMENT);
  writeFileSync(
    join(folder, 'keys.json'),
    JSON.stringify(makeIssuer('https://id.example.com/', 'orders-api').jwks),
  );
  const node = JSON.stringify(process.execPath);
  const gwc = `${node} ${JSON.stringify(`${project}bin/gwc.js`)}`;
  const ratios = { help: [], build: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const bare = cpuOf(`${node} empty.cjs`, RUNS, folder);
    ratios.help.push(cpuOf(`${gwc} --help`, RUNS, folder) / bare);
    ratios.build.push(cpuOf(`${gwc} build openapi.yaml -t nginx`, RUNS, folder) / bare);
  }
  rmSync(folder, { recursive: true });
  return [
    { what: 'gwc --help / bare node, CPU', ratios: ratios.help, bar: 'at most 1.4' },
    { what: 'gwc build of 40 lines / bare node, CPU', ratios: ratios.build, bar: 'at most 3.5' },
  ];
}
