import { parseHost } from '../../extension/values/host.ts';
import { type BasePath, basePath } from '../path/base-path.ts';

/** An absolute http or https URL without user name, query and fragment: what a server or `--server` names. */
export interface AbsoluteUrl {
  readonly scheme: 'http' | 'https';
  /** Lower case without trailing dot; an IPv6 literal in brackets. */
  readonly host: string;
  readonly port: number;
  /** Canonical raw path without trailing slash. */
  readonly path: Extract<BasePath, { ok: true }>;
}
export type ParsedUrl =
  | { readonly ok: true; readonly url: AbsoluteUrl }
  | { readonly ok: false; readonly problem: string };

const absolute = /^(https?):\/\/([^/?#]*)([^?#]*)([?#].*)?$/is;

/** Reads strictly: nothing is guessed, and no host that a resolver would take for another address is accepted. */
export function parseAbsoluteUrl(written: string): ParsedUrl {
  const parts = absolute.exec(written);
  if (parts === null) return fail('it is no absolute http or https URL');
  const [, scheme = '', authority = '', path = '', rest] = parts;
  if (rest !== undefined) return fail('it has a query or a fragment');
  if (authority.includes('@')) return fail('it holds a user name');
  const [, hostText = '', portText] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(authority) ?? [];
  const host = parseHost(hostText.replace(/\.$/, ''));
  if (!('host' in host)) return fail(`it ${host.problem}`);
  const secure = scheme.toLowerCase() === 'https';
  const port = portText === undefined ? (secure ? 443 : 80) : portNumber(portText);
  if (port === undefined) return fail(`its port "${portText}" is no number from 1 to 65535`);
  const base = basePath(path);
  if (!base.ok) return fail(`its path holds ${base.problem}`);
  return { ok: true, url: { scheme: secure ? 'https' : 'http', host: host.host, port, path: base } };
}

function portNumber(text: string): number | undefined {
  if (!/^[0-9]{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port >= 1 && port <= 65535 ? port : undefined;
}

function fail(problem: string): ParsedUrl {
  return { ok: false, problem };
}
