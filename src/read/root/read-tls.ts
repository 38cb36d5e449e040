import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { RootBlock } from '../../extension/index.ts';
import type { Tls } from '../../model/gateway.ts';
import type { Origin, Sourced } from '../../model/origin.ts';
import type { IpRange } from '../../model/policy.ts';
import { proxiesMissing } from '../diagnostics.ts';

const secondsOfDay = 86_400;

/** TLS of the front door with the defaults of LANGUAGE.md §10; `at` is where facts are that nobody stated. */
export function readTls(block: RootBlock['tls'], at: Origin): Tls {
  const stated = block?.value;
  const files = stated?.certificate?.value.files;
  return {
    termination: stated?.termination ?? { value: 'here', at },
    certificate:
      files === undefined
        ? undefined
        : {
            value: {
              files: { cert: files.value.cert.value, key: files.value.key.value },
              acm: undefined,
              acme: undefined,
            },
            at: files.at,
          },
    minVersion: stated?.minVersion ?? { value: '1.2', at },
    hstsSeconds:
      stated?.hsts === undefined
        ? { value: 180 * secondsOfDay, at }
        : { value: stated.hsts.value / 1000, at: stated.hsts.at },
    redirectHttp: stated?.redirectHttp ?? { value: true, at },
    clientCertificate: undefined,
  };
}

/** Trusted proxies; TLS that ends upstream needs at least one. */
export function readTrustedProxies(
  block: RootBlock['edge'],
  tls: Tls,
  report: Report,
): readonly Sourced<IpRange>[] {
  const proxies = block?.value.trustedProxies?.value ?? [];
  if (proxies.length === 0 && tls.termination.value === 'upstream') {
    report(diagnostic(proxiesMissing, tls.termination.at, {}));
  }
  return proxies;
}
