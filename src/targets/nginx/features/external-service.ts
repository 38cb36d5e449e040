import type { Gateway } from '../../../model/gateway.ts';
import { proxiedBackend } from '../proxied-backend.ts';
import { duration, interpolated, refusalOf, text } from '../token.ts';
import type { ExternalService } from '../verifier/external-location.ts';

/** Why nginx cannot ask a service behind a back end; undefined when it can. */
export function externalServiceRefusal(
  { backend: name, path, timeoutMs }: ExternalService,
  gateway: Gateway,
): string | undefined {
  const backend = proxiedBackend(gateway, name);
  if (backend === undefined) return `there is no back end "${name}"`;
  return refusalOf(() => [interpolated(text(backend.basePath + path)), duration(timeoutMs)]);
}
