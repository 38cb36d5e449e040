import type {
  Backend,
  BackendTls,
  CertificatePair,
  HeaderCredentials,
  HttpBackend,
} from '../../model/backend.ts';
import type { Gateway } from '../../model/gateway.ts';
import type { Sourced } from '../../model/origin.ts';

/** A back end that nginx can pass requests to; `features/backends.ts` refuses every other. */
export interface ProxiedBackend extends HttpBackend {
  readonly tls: ProxiedTls | undefined;
  readonly credentials: Sourced<HeaderCredentials> | undefined;
}
interface ProxiedTls extends BackendTls {
  readonly clientCertificate: Sourced<CertificatePair> | undefined;
}

export function isProxied(backend: Backend): backend is ProxiedBackend {
  if (backend.kind !== 'http') return false;
  const { credentials, tls } = backend;
  return credentials?.value.kind !== 'sigv4' && tls?.clientCertificate?.value !== 'managed';
}

export function proxiedBackends({ backends }: Pick<Gateway, 'backends'>): readonly ProxiedBackend[] {
  return backends.filter(isProxied);
}

export function proxiedBackend(
  { backends }: Pick<Gateway, 'backends'>,
  name: string | undefined,
): ProxiedBackend | undefined {
  const found = backends.find((one) => one.name === name);
  return found !== undefined && isProxied(found) ? found : undefined;
}
