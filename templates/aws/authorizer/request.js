import { trimmed } from './blanks.js';

/**
 * What is known of a request: `operation`, the key of its guard; `path`, raw; `header` and `query`, the values of a name;
 * `certificate()`, that of the connection; `peer`. seen: what an event says.
 */
export function requestFrom({ certificate: pem, headers, ...seen }) {
  const lines = new Map();
  for (const [name, values] of Object.entries(headers ?? {})) {
    const key = name.toLowerCase();
    lines.set(key, [...(lines.get(key) ?? []), ...values.map(trimmed)]);
  }
  let certificate;
  return {
    ...seen,
    header: (name) => lines.get(name) ?? [],
    certificate: () => {
      if (typeof pem === 'string') certificate ??= PARTS.certificates.readCertificate(pem);
      return certificate;
    },
  };
}
