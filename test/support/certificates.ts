import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate and its private key, PEM. */
export interface Credential {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateOptions {
  /** Subject alternative names: `DNS:a.test`, `IP:127.0.0.1`. The first one's text is the common name. */
  readonly names: readonly string[];
  /** As the `openssl` command takes it: `/O=Acme/CN=acme`. Default: the common name alone. */
  readonly subject?: string;
  /** Negative for a certificate that has expired. */
  readonly days?: number;
}

const ecKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'] as const;

/** A self-signed authority made by the `openssl` command. */
export const createAuthority = (commonName = 'Test authority'): Credential =>
  inFolder((folder) => {
    const [cert, key] = [join(folder, 'ca.crt'), join(folder, 'ca.key')];
    openssl([
      'req',
      '-x509',
      ...ecKey,
      '-days',
      '2',
      '-subj',
      `/CN=${commonName}`,
      '-keyout',
      key,
      '-out',
      cert,
    ]);
    return read(cert, key);
  });

/** A certificate for servers and clients, signed by an authority. */
export const issueCertificate = (authority: Credential, options: CertificateOptions): Credential =>
  inFolder((folder) => {
    const at = (name: string): string => join(folder, name);
    writeFileSync(at('ca.crt'), authority.cert);
    writeFileSync(at('ca.key'), authority.key, { mode: 0o600 });
    writeFileSync(at('names'), `subjectAltName=${options.names.join(',')}\n`);
    const commonName = options.names[0]?.replace(/^[A-Z]+:/, '') ?? 'test';
    openssl([
      'req',
      '-new',
      ...ecKey,
      '-subj',
      options.subject ?? `/CN=${commonName}`,
      '-keyout',
      at('key'),
      '-out',
      at('request'),
    ]);
    openssl([
      ...[
        'x509',
        '-req',
        '-in',
        at('request'),
        '-CA',
        at('ca.crt'),
        '-CAkey',
        at('ca.key'),
        '-CAcreateserial',
      ],
      ...['-days', String(options.days ?? 2), '-extfile', at('names'), '-out', at('crt')],
    ]);
    return read(at('crt'), at('key'));
  });

const openssl = (args: readonly string[]): void => {
  execFileSync('openssl', [...args], { stdio: ['ignore', 'ignore', 'pipe'] });
};

const read = (cert: string, key: string): Credential => ({
  cert: readFileSync(cert, 'utf8'),
  key: readFileSync(key, 'utf8'),
});

const inFolder = <T>(use: (folder: string) => T): T => {
  const folder = mkdtempSync(join(tmpdir(), 'gwc-certificates-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
