import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Gateway } from '../../src/model/gateway.ts';
import { readText } from '../support/read-text.ts';
import { type Change, issuer, keySet } from './sample.ts';

const corpus = new URL('../../../shared/corpus/', import.meta.url);
const isMissing = !existsSync(corpus);

/** What an owner adds to a vendor's document: a back end, and an issuer for its security scheme. */
function gatewayFor(scheme: string): Change {
  return {
    'x-gateway': {
      backends: { main: { url: 'https://backend.internal/base' } },
      authenticators: { [scheme]: issuer },
      defaults: { backend: 'main' },
    },
  };
}
const post = (path: string): Change => ({
  target: `$.paths['${path}'].post`,
  update: { 'x-gateway': { public: { reason: 'clients have no token yet' } } },
});
const bearer = { type: 'http', scheme: 'bearer' };
const key = { type: 'apiKey', in: 'header', name: 'Authorization' };

interface Sample {
  readonly file: string;
  readonly update: Change;
  readonly actions?: readonly Change[];
  readonly server?: string;
  /** Hosts of each site with the numbers of its routes and operations. */
  readonly sites: readonly (readonly [string, number, number])[];
}
const samples: readonly Sample[] = [
  {
    file: 'museum/openapi.yaml',
    update: {
      ...gatewayFor('MuseumPlaceholderAuth'),
      components: { securitySchemes: { MuseumPlaceholderAuth: bearer } },
    },
    sites: [['redocly.com', 5, 8]],
  },
  {
    file: 'box/openapi.json',
    update: gatewayFor('OAuth2Security'),
    actions: ['/oauth2/token', '/oauth2/token#refresh', '/oauth2/revoke'].map(post),
    server: 'https://upload.box.com',
    sites: [
      ['account.box.com', 1, 1],
      ['api.box.com', 160, 267],
      ['upload.box.com', 7, 9],
      ['dl.boxcloud.com', 1, 1],
    ],
  },
  { file: 'xero/xero_accounting.yaml', update: gatewayFor('OAuth2'), sites: [['api.xero.com', 124, 221]] },
  {
    file: 'docker-engine/swagger.yaml',
    update: { ...gatewayFor('token'), securityDefinitions: { token: key }, security: [{ token: [] }] },
    server: 'https://docker.example.com',
    sites: [['docker.example.com', 98, 108]],
  },
];

describe.skipIf(isMissing)(`real documents${isMissing ? ' (the shared corpus is not there)' : ''}`, () => {
  it.each(samples)('become a gateway: $file', async ({ file, update, actions = [], server, sites }) => {
    const overlay = {
      overlay: '1.0.0',
      info: { title: 'gateway', version: '1' },
      actions: [{ target: '$', update }, ...actions],
    };
    const { gateway, text } = await readText(
      {
        [file.replace('/', '-')]: readFileSync(new URL(file, corpus)),
        'overlay.json': JSON.stringify(overlay),
        'keys.json': keySet,
      },
      { overlays: ['overlay.json'], ...(server === undefined ? {} : { server }) },
    );
    expect(
      gateway?.sites.map(({ hosts: [host], routes }) => [host?.name, routes.length, operations(routes)]),
      text,
    ).toEqual(sites);
    const ids = gateway?.sites.flatMap(({ routes }) => routes.map(({ id }) => id)) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

function operations(routes: Gateway['sites'][number]['routes']): number {
  return routes.reduce((sum, route) => sum + route.operations.length, 0);
}
