import { list } from '../collections.ts';
import { optional, record, required } from '../record.ts';
import { boolean, oneOf } from '../scalars.ts';
import { gatewayFile } from '../values/file-path.ts';
import { trustedRange } from '../values/ip-range.ts';
import { logField, redaction } from '../values/log-field.ts';
import { duration } from '../values/quantity.ts';

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

/** How the front door is secured. */
export const tls = record(
  'TLS block',
  {
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
  },
  { later: ['clientCertificate'] },
);

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
