import { list, map } from '../collections.ts';
import { optional, record, required } from '../record.ts';
import { boolean, oneOf } from '../scalars.ts';
import { gatewayFile } from '../values/file-path.ts';
import { forwardedHeader } from '../values/header.ts';
import { trustedRange } from '../values/ip-range.ts';
import { logField, redaction } from '../values/log-field.ts';
import { duration } from '../values/quantity.ts';
import { secretReference } from '../values/secret-reference.ts';

const certificate = record(
  'certificate',
  {
    files: required(
      record('pair of files', {
        cert: required(gatewayFile, 'The certificate with its chain, in PEM.'),
        key: required(gatewayFile, 'Its private key in PEM.'),
      }),
      'Files on the machine of the gateway: absolute, or relative to the emitted folder.',
    ),
  },
  { later: ['acm', 'acme'] },
);

const clientCertificate = record('block of client certificates', {
  mode: optional(
    oneOf(['none', 'optional', 'require']),
    'Whether clients of the whole gateway are asked for a certificate, and refused without one.',
    '`none`; `optional` where an authenticator reads certificates',
  ),
  ca: required(
    secretReference,
    'The authorities that sign client certificates, in PEM. A listener has one set of them.',
  ),
  forward: optional(
    map(forwardedHeader, oneOf(['subject', 'issuer', 'serial', 'certificate'])),
    'Headers that carry parts of a verified certificate to every back end. Copies sent by clients are removed.',
  ),
});

/** How the front door is secured. */
export const tls = record('TLS block', {
  termination: optional(
    oneOf(['here', 'upstream']),
    'Who ends TLS: the gateway, or a trusted load balancer in front of it (needs `edge.trustedProxies`).',
    '`here`',
  ),
  certificate: optional(
    certificate,
    'The certificate of the front door.',
    '`tls/<host>.crt` and `tls/<host>.key`',
  ),
  minVersion: optional(oneOf(['1.2', '1.3']), 'Oldest TLS version, in quotes.', "`'1.2'`"),
  hsts: optional(
    duration({ min: '0s', max: '3650d', wholeSeconds: true }),
    'How long browsers remember to use https only (RFC 6797).',
    '`180d`',
  ),
  redirectHttp: optional(boolean, 'Answer plain http with 308 to https.', '`true`'),
  clientCertificate: optional(clientCertificate, 'Certificates of clients (mutual TLS).'),
});

/** What stands between clients and the gateway. */
export const edge = record(
  'edge block',
  {
    trustedProxies: optional(
      list(trustedRange, { identity: ({ text }) => text }),
      'Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.',
      'none: the client address is the address of the connection',
    ),
  },
  { later: ['geo'] },
);

const access = record(
  'access log',
  {
    format: optional(oneOf(['json'], ['combined']), 'One JSON object a line.', '`json`'),
    fields: optional(
      list(logField, { min: 1, identity: (value) => value }),
      'What a line holds.',
      '`time`, `method`, `route`, `status`, `latency`, `subject`, `consumer`, `request_id`',
    ),
    redact: optional(
      list(redaction, { identity: (value) => value }),
      'What never appears in a log. Adds to the built-in list; nothing is ever taken from it.',
      '`header.authorization`, `header.cookie`, `header.set-cookie`',
    ),
  },
  { later: ['sink', 'sample'] },
);

export const logging = record(
  'logging block',
  { access: optional(access, 'The access log.') },
  { later: ['audit'] },
);
