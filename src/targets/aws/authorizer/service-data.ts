import type { IntrospectionAuthenticator } from '../../../model/authentication.ts';
import type { BackendTls, HttpBackend } from '../../../model/backend.ts';
import type { Host } from '../../../model/gateway.ts';
import type { ServiceData } from './authorizer-data.ts';
import type { Sources } from './sources.ts';

/** What an authorization server has to answer in. */
const introspectionMs = 5000;

/** A path behind a back end. */
export interface BackendService {
  readonly backend: string;
  readonly path: string;
  readonly timeoutMs: number;
}

/** The place of the service that knows opaque tokens (RFC 7662). */
export function introspectionService(
  { clientId, clientSecret, endpoint }: IntrospectionAuthenticator,
  { secret, services }: Sources,
): number {
  return services.placeOf({
    url: endpoint.value,
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    timeoutMs: introspectionMs,
    credential: {
      header: 'authorization',
      prefix: 'Basic',
      client: clientId,
      secret: secret(clientSecret.value),
    },
  });
}

/** The place of a service behind a back end, which is shown what the back end asks of the gateway. */
export function backendService({ backend: name, path, timeoutMs }: BackendService, sources: Sources): number {
  const { gateway, secret, services } = sources;
  const backend = gateway.backends.find((one) => one.name === name);
  if (backend?.kind !== 'http') throw new Error(`no back end that can be asked is called ${name}`);
  const { basePath, credentials, scheme, tls } = backend;
  return services.placeOf({
    url: `${scheme}://${nodeOf(backend)}${basePath}${path}`,
    headers: { 'content-type': 'application/json', ...hostHeader(backend, sources) },
    timeoutMs,
    ...(credentials?.value.kind !== 'header'
      ? {}
      : {
          credential: {
            header: credentials.value.header.toLowerCase(),
            ...(credentials.value.prefix === undefined ? {} : { prefix: credentials.value.prefix }),
            secret: secret(credentials.value.secret),
          },
        }),
    ...(tls === undefined ? {} : { tls: tlsData(tls, sources) }),
  });
}

function nodeOf({ nodes }: HttpBackend): string {
  const [node] = nodes;
  if (node === undefined) throw new Error('a back end has no node');
  return `${node.value.host}:${node.value.port}`;
}

function hostHeader({ host }: HttpBackend, { gateway }: Sources): Readonly<Record<string, string>> {
  const front = gateway.sites[0]?.hosts[0];
  return host === 'client' && front !== undefined ? { host: authorityOf(front) } : {};
}

/** The port where it is not the scheme's own. */
export function authorityOf({ name, port, scheme }: Host): string {
  return port === (scheme === 'https' ? 443 : 80) ? name : `${name}:${port}`;
}

function tlsData(
  { ca, clientCertificate, serverName, verify }: BackendTls,
  { secret }: Sources,
): NonNullable<ServiceData['tls']> {
  return {
    servername: serverName.value,
    rejectUnauthorized: verify.value,
    ...(ca === undefined ? {} : { ca: secret(ca.value) }),
    ...(clientCertificate === undefined || clientCertificate.value === 'managed'
      ? {}
      : { cert: secret(clientCertificate.value.cert), key: secret(clientCertificate.value.key) }),
  };
}
