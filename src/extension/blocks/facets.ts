import { list, map } from '../collections.ts';
import { named, withLater } from '../combine.ts';
import { optional, record, required } from '../record.ts';
import { integer, oneOf } from '../scalars.ts';
import type { Read } from '../shape.ts';
import {
  headerName,
  headerValue,
  requestRemove,
  requestSet,
  responseRemove,
  responseSet,
} from '../values/header.ts';
import { ipRange } from '../values/ip-range.ts';
import { featureFormat, name, parameterName, reason } from '../values/names.ts';
import { duration, rate, size } from '../values/quantity.ts';
import { rewrite } from '../values/rewrite.ts';
import { expression } from './expression.ts';
import { trigger } from './login.ts';

const limit = record(
  'limit',
  {
    rate: required(rate, 'Requests in a period, as a steady flow.'),
    burst: optional(
      integer(1, 1_000_000),
      'Requests that may come at once before the flow is enforced.',
      'the rate per second, rounded up',
    ),
    per: optional(
      oneOf(['ip', 'all'], ['consumer', 'operation', 'claim:', 'header:']),
      'What is counted: each client address for itself, or all requests together.',
      '`ip`',
    ),
  },
  { later: ['scope'] },
);

const ipAccess = record('IP list', {
  allow: optional(
    list(ipRange, { min: 1, identity: ({ text }) => text }),
    'Only these addresses pass. Lists of several levels must all hold.',
  ),
  deny: optional(list(ipRange, { min: 1, identity: ({ text }) => text }), 'These addresses never pass.'),
});

const requestHeaders = record(
  'change of request headers',
  {
    setHeaders: optional(map(requestSet, headerValue), 'Replaces the header, whatever the client sent.'),
    addHeaders: optional(map(requestSet, headerValue), 'Adds a line, beside what the client sent.'),
    removeHeaders: optional(list(headerName(requestRemove), { identity: lower }), 'Takes the header away.'),
  },
  { later: ['setQuery', 'removeQuery'] },
);

const responseHeaders = record(
  'change of response headers',
  {
    setHeaders: optional(map(responseSet, headerValue), 'Replaces the header, whatever the back end sent.'),
    addHeaders: optional(map(responseSet, headerValue), 'Adds a line, beside what the back end sent.'),
    removeHeaders: optional(list(headerName(responseRemove), { identity: lower }), 'Takes the header away.'),
  },
  { later: ['setQuery', 'removeQuery'] },
);

function lower(header: string): string {
  return header.toLowerCase();
}

const relaxReason = (what: string) => optional(reason, `Why this level may weaken ${what}.`);

const relax = record(
  'list of relaxed guards',
  {
    authorize: relaxReason('the inherited policy'),
    ip: relaxReason('the inherited IP lists'),
    limits: relaxReason('the inherited limits'),
    bodySize: relaxReason('the inherited body size'),
    clientCertificate: relaxReason('the inherited demand for a client certificate'),
  },
  { later: ['validate', 'waf'] },
);

const facetFields = {
  public: optional(
    record('statement', { reason: required(reason, 'Why it is open.') }),
    'Says that an operation without (or with optional) security is meant to be open.',
  ),
  authorize: optional(expression, 'Who may call it, beyond a valid token. Adds to what upper levels demand.'),
  ip: optional(ipAccess, 'Client addresses that may call it.'),
  limits: optional(list(limit), 'Rate limits. Every limit of every level applies.'),
  bodySize: optional(size, 'Largest request body. The smallest value of all levels holds.', '`1mb`'),
  clientCertificate: optional(
    oneOf(['none', 'optional', 'require']),
    'Whether a client certificate is demanded. The strictest value of all levels holds.',
    'the mode of `tls.clientCertificate`',
  ),
  relax: optional(relax, 'Guards of upper levels that this level replaces by its own, each with a reason.'),
  backend: optional(
    withLater(
      name,
      'list',
      'several back ends with weights',
      'Name one back end; nodes of one back end may have weights.',
    ),
    'The back end that serves it: a name of `backends`.',
  ),
  rewrite: optional(
    rewrite,
    'The path that the back end receives, behind the path of its URL.',
    'the path below the base path of the front door, unchanged',
  ),
  timeout: optional(
    duration({ min: '1ms', max: '1h' }),
    'Longest wait for the back end.',
    '`timeouts.read` of the back end',
  ),
  login: optional(
    trigger,
    'When to redirect to the login page instead of answering 401.',
    "the authenticator's",
  ),
  expose: optional(
    oneOf(['public', 'internal', 'none']),
    'Where it is served: everywhere, on the internal listener only, or not at all.',
    '`public`',
  ),
  request: optional(requestHeaders, 'Changes of headers towards the back end.'),
  response: optional(responseHeaders, 'Changes of headers towards the client.'),
  greedy: optional(
    list(parameterName, { identity: (value) => value }),
    'A last path parameter that may contain slashes (`{name+}` in a template means the same).',
    'none',
  ),
  allowInPath: optional(
    record('exception for path characters', {
      characters: required(
        list(oneOf([';', '%3B', '%2F', '%5C', '%25']), { min: 1, identity: (value) => value }),
        'What parameters may carry although the canonical form of paths refuses it.',
      ),
      reason: required(reason, 'Why the back end is safe with it.'),
    }),
    'Characters that path parameters of the operation may carry. Such a parameter cannot be used in a policy.',
  ),
};

const later = ['validate', 'waf', 'retry', 'cache', 'cors', 'mock', 'sunset', 'websocket', 'ignore'];

export const accept = map(featureFormat, reason);

/** Facets in `defaults` of the root block. */
export const defaults = named('defaults', record('block of defaults', facetFields, { later }));

/** Facets on a path item or an operation; settings of targets are as in the root, waivers only. */
export const facets = record(
  'x-gateway block of a path or an operation',
  {
    ...facetFields,
    targets: optional(
      record(
        'list of targets',
        {
          nginx: optional(
            record('nginx block of a path or an operation', {
              accept: optional(
                accept,
                'What may differ from the document on this target: feature and reason.',
              ),
            }),
            'For NGINX.',
          ),
          aws: optional(
            record('aws block of a path or an operation', {
              accept: optional(
                accept,
                'What may differ from the document on this target: feature and reason.',
              ),
            }),
            'For Amazon API Gateway.',
          ),
        },
        { later: ['kong'] },
      ),
      'Waivers for one target.',
    ),
  },
  { later },
);

type DefaultsBlock = Read<typeof defaults>;
/** The facets of one level; `targets` is absent in `defaults`. */
export type FacetsBlock = DefaultsBlock & { readonly targets?: Read<typeof facets>['targets'] };
