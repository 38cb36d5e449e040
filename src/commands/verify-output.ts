import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { type Diagnostic, diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Authenticator, TrustedIssuer } from '../model/authentication.ts';
import type { Backend } from '../model/backend.ts';
import type { Gateway } from '../model/gateway.ts';
import type { Documents } from '../source/documents.ts';
import type { KnownTarget } from '../targets/compile.ts';
import type { Artifact } from '../targets/target.ts';
import { nothingToAsk, targetRefuses, toolMissing } from './diagnostics.ts';
import { consultSwaggerParser } from './second-opinion.ts';
import type { Terminal } from './terminal.ts';

const TIMEOUT_MS = 60_000;

/**
 * Lets others judge the result: `nginx -t` on a copy with throw-away certificates and every back end on loopback (so
 * that no name is resolved and no secret is needed), and swagger-parser on the document. gwc starts a target's program
 * only here, because configuration can make it load modules and read files; the text was re-parsed before. Where a target
 * is a service, there is no program to ask, and that is said.
 */
export async function verifyOutput(
  gateway: Gateway,
  documents: Documents,
  { name, title, compile }: KnownTarget,
  terminal: Terminal,
): Promise<readonly Diagnostic[]> {
  if (name !== 'nginx') {
    const untested = diagnostic(nothingToAsk, undefined, { title }, { target: name });
    return [untested, ...(await consultSwaggerParser(documents))];
  }
  const folder = mkdtempSync(join(tmpdir(), 'gwc-verify-'));
  try {
    const copy = compile(onLoopback(gateway, folder));
    if (hasErrors(copy.diagnostics)) return copy.diagnostics;
    writeCopy(folder, copy.artifacts);
    return [...(await testWithNginx(gateway, folder, terminal)), ...(await consultSwaggerParser(documents))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same gateway with nothing that must exist elsewhere: names, users, secrets, certificates. */
function onLoopback(gateway: Gateway, folder: string): Gateway {
  const certificate = { cert: join(folder, 'verify.crt'), key: join(folder, 'verify.key') };
  const isKey = new Set(gateway.backends.map(clientKey));
  return {
    ...gateway,
    backends: gateway.backends.map((backend) =>
      backend.kind === 'lambda'
        ? backend
        : {
            ...backend,
            nodes: backend.nodes.map((node) => ({ ...node, value: { ...node.value, host: '127.0.0.1' } })),
          },
    ),
    authenticators: gateway.authenticators.map(askingLoopback),
    secrets: gateway.secrets.map((secret) => ({
      ...secret,
      sources: [{ kind: 'file', value: isKey.has(secret.name) ? certificate.key : certificate.cert }],
    })),
    tls: {
      ...gateway.tls,
      certificate: {
        value: { files: certificate, acm: undefined, acme: undefined },
        at: gateway.tls.termination.at,
      },
    },
    targets: { ...gateway.targets, nginx: { ...gateway.targets.nginx, user: undefined } },
  };
}

/** Name of the secret that holds the key of the certificate that a back end is shown. */
function clientKey(backend: Backend): string | undefined {
  const certificate = backend.kind === 'http' ? backend.tls?.clientCertificate?.value : undefined;
  return certificate === undefined || certificate === 'managed' ? undefined : certificate.key;
}

/** Issuers and authorization servers are asked at the same port and path. */
function askingLoopback(authenticator: Authenticator): Authenticator {
  if (authenticator.kind === 'introspection') {
    const { endpoint } = authenticator;
    return { ...authenticator, endpoint: { ...endpoint, value: loopbackUrl(endpoint.value) } };
  }
  if (authenticator.kind !== 'jwt') return authenticator;
  const issuers = authenticator.issuers.value.map((trusted): TrustedIssuer => {
    const source = trusted.keys.value;
    return 'url' in source
      ? { ...trusted, keys: { ...trusted.keys, value: { ...source, url: loopbackUrl(source.url) } } }
      : trusted;
  });
  return { ...authenticator, issuers: { ...authenticator.issuers, value: issuers } };
}

function loopbackUrl(url: string): string {
  const changed = new URL(url);
  changed.hostname = '127.0.0.1';
  return changed.href;
}

function writeCopy(folder: string, artifacts: readonly Artifact[]): void {
  chmodSync(folder, 0o755);
  for (const artifact of artifacts) {
    const path = join(folder, artifact.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, artifact.contents);
  }
}

async function testWithNginx(
  gateway: Gateway,
  folder: string,
  terminal: Terminal,
): Promise<readonly Diagnostic[]> {
  const options = { cwd: folder, reject: false, timeout: TIMEOUT_MS, stdin: 'ignore' } as const;
  const certificate = await execa(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '1',
      '-subj',
      '/CN=gwc-verify',
      '-keyout',
      'verify.key',
      '-out',
      'verify.crt',
    ],
    options,
  );
  if (certificate.exitCode !== 0) {
    return [
      diagnostic(toolMissing, undefined, {
        tool: 'openssl',
        install: 'Install openssl (Debian: apt-get install openssl).',
      }),
    ];
  }
  const nginx = terminal.environment['NGINX_BIN'] ?? 'nginx';
  const tested = await execa(nginx, ['-t', '-q', '-p', folder, '-c', 'nginx.conf'], options);
  if (tested.exitCode === 0) return [];
  if (tested.exitCode === undefined) {
    const install = `Install nginx ${gateway.targets.nginx.version.value} with njs (Debian: apt-get install nginx libnginx-mod-http-js) or name it in NGINX_BIN.`;
    return [diagnostic(toolMissing, undefined, { tool: nginx, install })];
  }
  const lines = tested.stderr
    .split('\n')
    .filter((line) => line.includes('[emerg]') || line.includes('[error]'));
  const told = lines.length === 0 ? [tested.stderr.trim()] : lines;
  return told.map((line) =>
    diagnostic(
      targetRefuses,
      undefined,
      { tool: 'nginx -t', line: line.replaceAll(`${folder}/`, '') },
      { target: 'nginx' },
    ),
  );
}
