import { list } from '../collections.ts';
import { mapped, union } from '../combine.ts';
import { optional, record } from '../record.ts';
import { constant, integer, oneOf } from '../scalars.ts';
import { gatewayFile } from '../values/file-path.ts';
import { nameServer, port, type SocketAddress, socket } from '../values/listen.ts';
import { userName } from '../values/names.ts';
import { nginxVersion } from '../values/nginx-version.ts';
import { accept } from './facets.ts';

const paths = record('nginx paths', {
  modules: optional(gatewayFile, 'Folder of dynamic modules.', "the distribution's"),
  certificates: optional(
    gatewayFile,
    'Authorities for back ends without their own `ca`.',
    "the distribution's",
  ),
  cache: optional(
    gatewayFile,
    'Folder for cached decisions; best on a memory file system.',
    'the emitted folder',
  ),
});

const internal = mapped(
  socket,
  (value): SocketAddress => (typeof value === 'number' ? { address: '127.0.0.1', port: value } : value),
);

const listen = record(
  'nginx listeners',
  {
    http: optional(port, 'Port for plain http.', 'the ports of `servers`; 80 for redirects'),
    https: optional(port, 'Port for https.', 'the ports of `servers`'),
    internal: optional(
      internal,
      'Where operations with `expose: internal` are served. A port alone is a port on loopback.',
      'none',
    ),
    verifier: optional(port, "Loopback port of the gateway's own token verifier.", 'chosen by the target'),
  },
  { later: ['admin'] },
);

/** `targets.nginx` of the root block. */
export const nginx = record('nginx block', {
  version: optional(nginxVersion, 'The nginx that will run the configuration, in quotes.', "`'1.22'`"),
  user: optional(userName, 'Account of the worker processes.', 'the account that starts nginx'),
  workers: optional(
    union(integer(1, 1024), constant('auto', 'a whole number from 1 to 1024 or "auto"')),
    'Number of worker processes.',
    '`auto`',
  ),
  paths: optional(paths, 'Where things are on the machine of the gateway.'),
  resolver: optional(
    list(nameServer, { min: 1, identity: (value) => value }),
    'DNS servers, for names of back ends that change while nginx runs.',
    'names are resolved once, when nginx starts',
  ),
  listen: optional(listen, 'Addresses and ports.'),
  errorLog: optional(
    oneOf(['crit', 'error', 'warn', 'notice', 'info']),
    'Least severity in the error log. `error` and below may quote request lines, which cannot be redacted there.',
    '`crit`',
  ),
  accept: optional(accept, 'What may differ from the document on this target: feature and reason.'),
});
