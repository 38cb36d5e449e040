import type { Gateway } from '../../../model/gateway.ts';
import { type ProxiedBackend, proxiedBackends } from '../proxied-backend.ts';
import type { Directive } from '../reparse/parse.ts';
import { walkDirectives } from '../reparse/structure.ts';
import { argumentsOf, type Configuration, named } from './read-back.ts';

/** Every host has a server, and every way to a TLS back end verifies it as the model says. */
export function checkServers(gateway: Gateway, files: Configuration): readonly string[] {
  const fronts = [...files]
    .filter(([path]) => path.startsWith('conf/front-'))
    .map(([, directives]) => directives);
  const names = new Set(
    fronts.flatMap((front) =>
      named(front, 'server').flatMap(({ block }) => argumentsOf(block, 'server_name') ?? []),
    ),
  );
  const hosts = new Set(gateway.sites.flatMap((site) => site.hosts.map(({ name }) => name)));
  return [
    ...[...hosts].filter((host) => !names.has(host)).map((host) => `The host "${host}" has no server.`),
    ...[...names]
      .filter((name) => !hosts.has(name))
      .map((name) => `The server "${name}" is no host of the gateway.`),
    ...fronts.flatMap((front) => checkClientAuthorities(gateway, front)),
    ...fronts.flatMap((front) => checkForwards(proxiedBackends(gateway), front)),
    ...checkLog(gateway, files.get('conf/log.conf') ?? []),
  ];
}

/** Every TLS server asks for client certificates exactly when the model names their authorities. */
function checkClientAuthorities({ tls }: Gateway, front: readonly Directive[]): readonly string[] {
  return named(front, 'server').flatMap(({ block }) => {
    if (argumentsOf(block, 'ssl_certificate') === undefined) return [];
    const asks =
      argumentsOf(block, 'ssl_verify_client')?.[0] === 'optional' &&
      argumentsOf(block, 'ssl_client_certificate') !== undefined;
    return asks === (tls.clientCertificate !== undefined)
      ? []
      : [`The server "${argumentsOf(block, 'server_name')?.[0]}" does not verify clients as asked.`];
  });
}

function checkForwards(backends: readonly ProxiedBackend[], front: readonly Directive[]): readonly string[] {
  const found: string[] = [];
  walkDirectives(front, (directive) => {
    const [url] = directive.name === 'location' ? (argumentsOf(directive.block, 'proxy_pass') ?? []) : [];
    if (url === undefined) return;
    const backend = backends.find(({ name, scheme }) => {
      const prefix = `${scheme}://gw_backend_${name}`;
      return url.startsWith(prefix) && /^[$/]/.test(url.slice(prefix.length));
    });
    if (backend === undefined)
      found.push(`A request would go to "${url}", which is no back end of the gateway.`);
    else {
      found.push(...checkTls(backend, directive.block ?? []));
      found.push(...checkCredentials(backend, directive.block ?? []));
    }
  });
  return found;
}

/** A back end behind TLS is verified as the model says, and is shown the certificate that it asks for. */
export function checkTls({ name, tls }: ProxiedBackend, block: readonly Directive[]): readonly string[] {
  if (tls === undefined) return [];
  const verifies = argumentsOf(block, 'proxy_ssl_verify')?.[0] === 'on';
  const trusts = argumentsOf(block, 'proxy_ssl_trusted_certificate') !== undefined;
  const asked = argumentsOf(block, 'proxy_ssl_name')?.[0] === tls.serverName.value;
  const shows = argumentsOf(block, 'proxy_ssl_certificate_key') !== undefined;
  return [
    ...(verifies === tls.verify.value && trusts === verifies && asked
      ? []
      : [`The back end "${name}" is not verified as asked.`]),
    ...(shows === (tls.clientCertificate !== undefined)
      ? []
      : [`The back end "${name}" is not shown its client certificate.`]),
  ];
}

/** The header is the gateway's own, and a request without the credential goes nowhere. */
function checkCredentials(
  { name, credentials }: ProxiedBackend,
  block: readonly Directive[],
): readonly string[] {
  if (credentials === undefined) return [];
  const { header, prefix } = credentials.value;
  const wanted = `${prefix === undefined ? '' : `${prefix} `}\${gw_credential}`;
  const sent = named(block, 'proxy_set_header').filter(
    ({ args }) => args[0]?.toLowerCase() === header.toLowerCase(),
  );
  const refuses = named(block, 'if').some(
    (one) => one.args[0] === '($gw_credential' && argumentsOf(one.block, 'return')?.[0] === '503',
  );
  return refuses && sent.length === 1 && sent[0]?.args[1] === wanted
    ? []
    : [`The back end "${name}" is not shown the credential of the gateway.`];
}

/** What is redacted has no variable in the format. */
function checkLog({ accessLog }: Gateway, directives: readonly Directive[]): readonly string[] {
  const format = named(directives, 'log_format')
    .flatMap(({ args }) => args)
    .join('');
  return accessLog.redact.flatMap((field) => {
    const header = /^header\.(.*)$/.exec(field)?.[1]?.toLowerCase().replaceAll('-', '_');
    const shown = header === undefined ? format.includes(`"${field}"`) : format.includes(`http_${header}}`);
    return shown ? [`The redacted field "${field}" is in the format of the log.`] : [];
  });
}
