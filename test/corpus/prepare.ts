import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Claims, keySet, mint, signingKey } from '../support/tokens.ts';
import type { Credential } from './probes.ts';
import { overlayOf, type RealDocument, textOf, type VendorOperation } from './real-documents.ts';

const key = signingKey('ES256', 'corpus');

/** The files of a document with its overlay and key set, written to a folder. Ports replace those of the overlay. */
export function prepare(
  document: RealDocument,
  folder: string,
  ports: ReadonlyMap<string, number>,
): { readonly spec: string; readonly overlay: string } {
  mkdirSync(folder, { recursive: true });
  const spec = join(folder, document.file.split('/').at(-1) ?? '');
  const overlay = join(folder, 'gateway.overlay.yaml');
  let text = overlayOf(document);
  for (const [placeholder, port] of ports) text = text.replaceAll(placeholder, String(port));
  writeFileSync(spec, textOf(document));
  writeFileSync(overlay, text);
  writeFileSync(join(folder, 'keys.jwks.json'), JSON.stringify(keySet([key])));
  return { spec, overlay };
}

/** The header line of a credential; a valid token has every scope that some operation asks for. */
export function credentials(
  document: RealDocument,
  operations: readonly VendorOperation[],
  now: number,
): Readonly<Record<Credential, readonly (readonly [string, string])[]>> {
  if (document.token === undefined) return { none: [], valid: [], 'without scopes': [] };
  const { issuer, audience } = document.token;
  const scope = [...new Set(operations.flatMap(({ scopes }) => scopes ?? []))].join(' ');
  const bearer = (claims: Claims): readonly (readonly [string, string])[] => {
    const token = mint({ iss: issuer, aud: audience, sub: 'somebody', exp: now + 3600, ...claims }, { key });
    return [['Authorization', `Bearer ${token}`]];
  };
  return { none: [], valid: bearer({ scope }), 'without scopes': bearer({ scope: 'openid' }) };
}
