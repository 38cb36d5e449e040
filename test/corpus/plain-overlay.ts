import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORE_SCHEMA, load } from 'js-yaml';
import { keySet, signingKey } from '../support/tokens.ts';

type Json = { readonly [key: string]: unknown };

/**
 * Writes an overlay that answers what every vendor's document leaves open (back end, authenticators, a reason for what
 * is public), and its key set, to a folder. Returns the path of the overlay.
 */
export function writePlainOverlay(folder: string, text: string): string {
  const overlay = join(folder, 'overlay.yaml');
  writeFileSync(overlay, plainOverlay(parse(text)));
  writeFileSync(join(folder, 'keys.jwks.json'), JSON.stringify(keySet([signingKey('ES256')])));
  return overlay;
}

function parse(text: string): Json {
  try {
    return load(text.replace(/^\ufeff/, ''), { schema: CORE_SCHEMA, json: true }) as Json;
  } catch {
    return {};
  }
}

function plainOverlay(document: Json): string {
  const components = document['components'] as Json | undefined;
  const schemes = Object.keys(components?.['securitySchemes'] ?? document['securityDefinitions'] ?? {});
  const authenticator = {
    issuer: 'https://id.example.com/',
    audiences: ['api'],
    jwks: { file: 'keys.jwks.json' },
    from: [{ header: 'Authorization' }],
  };
  const gateway = {
    name: 'real',
    backends: { main: { url: 'http://main.internal:8080' } },
    authenticators: Object.fromEntries(schemes.map((scheme) => [scheme, authenticator])),
    defaults: { backend: 'main', public: { reason: 'as the vendor wrote it' } },
  };
  const update = { ...(document['security'] === undefined ? { security: [] } : {}), 'x-gateway': gateway };
  const info = { title: 'Behind a gateway', version: '1.0.0' };
  return JSON.stringify({ overlay: '1.1.0', info, actions: [{ target: '$', update }] });
}
