import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addedScheme, type Binding, type Decided } from './bindings.ts';
import { apiKeyHash, audience, issuerOf, materials } from './credentials.ts';

export interface Ports {
  readonly front: number;
  readonly verifier: number;
  readonly backend: number;
}

/** A back end must not be on loopback behind a gateway that is not; tests put 127.0.0.1 in its place afterwards. */
export const backendHost = 'main.test';

/** The path that back ends have in front of what they are asked for. */
export const backendBase = '/internal/v0';

/**
 * Writes an overlay that answers what every vendor's document leaves open, with the files that it names, to a folder.
 * Returns its path. What is left are decisions that only a person takes: those have overlays of their own.
 */
export function writePlainOverlay(folder: string, swagger: boolean, document: Decided, ports: Ports): string {
  for (const [name, contents] of Object.entries(materials)) writeFileSync(join(folder, name), contents);
  const overlay = join(folder, 'plain.overlay.json');
  const actions = [
    ...(document.added ? [{ target: '$', update: asksForToken(swagger) }] : []),
    { target: '$', update: { 'x-gateway': rootBlock(folder, document, ports) } },
  ];
  const info = { title: 'Behind a gateway', version: '1.0.0' };
  writeFileSync(overlay, JSON.stringify({ overlay: '1.1.0', info, actions }));
  return overlay;
}

function asksForToken(swagger: boolean): unknown {
  const security = [{ [addedScheme]: [] }];
  if (!swagger) {
    return {
      security,
      components: { securitySchemes: { [addedScheme]: { type: 'http', scheme: 'bearer' } } },
    };
  }
  const scheme = { type: 'apiKey', in: 'header', name: 'Authorization' };
  return { security, securityDefinitions: { [addedScheme]: scheme } };
}

function rootBlock(folder: string, { bindings }: Decided, ports: Ports): unknown {
  const kinds = new Set([...bindings.values()].map(({ kind }) => kind));
  const places = new Set([...bindings.values()].map(({ place }) => place.kind));
  const file = (name: keyof typeof materials): string => join(folder, name);
  return {
    name: 'real',
    backends: { main: { url: `http://${backendHost}:${ports.backend}${backendBase}` } },
    authenticators: Object.fromEntries(
      [...bindings].map(([name, binding]) => [name, authenticator(name, binding)]),
    ),
    ...(kinds.has('key') ? { consumers: { caller: { keys: [{ sha256: apiKeyHash }] } } } : {}),
    secrets: {
      ...(kinds.has('password') ? { users: { file: file('users') } } : {}),
      ...(kinds.has('certificate') ? { clients: { file: file('clients.crt') } } : {}),
    },
    defaults: { backend: 'main' },
    tls: {
      certificate: { files: { cert: file('front.crt'), key: file('front.key') } },
      redirectHttp: false,
      ...(places.has('connection')
        ? { clientCertificate: { mode: 'optional', ca: { secret: 'clients' } } }
        : {}),
    },
    targets: {
      nginx: {
        errorLog: 'warn',
        listen: { http: ports.front, https: ports.front, verifier: ports.verifier },
        ...(places.has('query') ? { accept: { 'query-credential': 'the vendor hands out such keys' } } : {}),
      },
    },
  };
}

function authenticator(scheme: string, { kind, place, moved }: Binding): unknown {
  if (kind === 'password') return { users: { secret: 'users' } };
  if (kind === 'certificate') return { certificate: { ca: { secret: 'clients' } } };
  if (kind === 'key') return { keys: 'consumers' };
  return {
    issuer: issuerOf(scheme),
    audiences: [audience],
    jwks: { file: 'keys.jwks.json' },
    ...(moved && place.kind !== 'connection' ? { from: [{ [place.kind]: place.name }] } : {}),
  };
}
