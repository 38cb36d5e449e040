import type { Arrival } from '../../src/decide/decision.ts';

/** A request as it arrives at `https://a.test` from 192.0.2.1, unless the changes say otherwise. */
export const arrival = (bytes: string | Uint8Array, changes: Partial<Arrival> = {}): Arrival => ({
  listener: 'https',
  port: 443,
  serverName: 'a.test',
  peer: '192.0.2.1',
  bytes: typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes,
  ...changes,
});

/** `GET /a` with `Host: a.test`, further header lines and a body, as bytes (a character for each). */
export const message = (line: string, headers: readonly string[] = [], body = ''): string =>
  [`${line} HTTP/1.1`, 'Host: a.test', ...headers, '', body].join('\r\n');

/** As `message`, arriving. */
export const request = (
  line: string,
  headers: readonly string[] = [],
  changes: Partial<Arrival> & { readonly body?: string } = {},
): Arrival => {
  const { body = '', ...rest } = changes;
  return arrival(message(line, headers, body), rest);
};
