import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Sourced } from '../../model/origin.ts';
import type { Node } from '../../source/node.ts';
import { list } from '../collections.ts';
import { withLater } from '../combine.ts';
import { contradiction, repeated } from '../diagnostics.ts';
import { quote } from '../kind.ts';
import { optional, type RecordOf, record, required } from '../record.ts';
import { boolean, integer, oneOf } from '../scalars.ts';
import type { Read } from '../shape.ts';
import { subjectOf } from '../subject.ts';
import { credentialPrefix, proofHeader } from '../values/header.ts';
import { serverName } from '../values/names.ts';
import { duration } from '../values/quantity.ts';
import { secretReference } from '../values/secret-reference.ts';
import { backendUrl, type HttpUrl } from '../values/url.ts';

const node = record('node', {
  url: required(backendUrl, 'Where the node listens. All nodes have one scheme and one path.'),
  weight: optional(integer(1, 1000), 'Share of the requests, relative to the other nodes.', '`1`'),
});

const clientCertificate = record('client certificate', {
  cert: required(secretReference, 'The certificate, with its chain, in PEM.'),
  key: required(secretReference, 'Its private key in PEM.'),
});

const backendTls = record('TLS block of a back end', {
  verify: optional(boolean, 'Check the certificate of the back end.', '`true`'),
  ca: optional(secretReference, 'Authorities that may have signed it.', "the system's"),
  serverName: optional(
    serverName,
    'Name for SNI and for the check of the certificate.',
    'the host of the URL',
  ),
  clientCertificate: optional(
    withLater(
      clientCertificate,
      'text',
      'certificates that gwc does not know',
      'Write {cert: {secret: name}, key: {secret: name}}.',
    ),
    'The certificate that the gateway shows (mutual TLS).',
  ),
});

const timeouts = record('time-outs of a back end', {
  connect: optional(duration({ min: '1ms', max: '75s' }), 'Longest wait for a connection.', '`5s`'),
  read: optional(
    duration({ min: '1ms', max: '1h' }),
    'Longest wait between two reads of the answer.',
    '`29s`',
  ),
});

const credentials = record(
  'credentials of the gateway',
  {
    header: required(proofHeader, 'The header that carries it; copies that clients send never arrive.'),
    value: required(secretReference, 'The secret that the back end knows, read where the gateway runs.'),
    prefix: optional(credentialPrefix, 'A word before the value, with one blank between.', 'none'),
  },
  { later: ['sigv4'] },
);

const fields = {
  url: optional(backendUrl, 'Where the back end listens. Its path, if any, goes before the forwarded path.'),
  nodes: optional(list(node, { min: 1 }), 'Several servers of one back end, in place of `url`.'),
  balance: optional(
    oneOf(['round-robin', 'least-connections', 'ip-hash']),
    'How requests are spread over the nodes.',
    '`round-robin`',
  ),
  host: optional(
    oneOf(['backend', 'client']),
    'The Host header that the back end receives: its own, or the host name of the front door. Both are constants.',
    '`backend`',
  ),
  tls: optional(backendTls, 'How the connection to an https back end is secured.'),
  timeouts: optional(timeouts, 'How long the gateway waits.'),
  credentials: optional(credentials, 'How the gateway proves to the back end who it is.'),
  private: optional(
    boolean,
    'Requests that did not pass the gateway must fail: a target without a mechanism for it refuses to build.',
    '`false`',
  ),
};

/** One entry of `backends`. */
export const backend = record('back end', fields, {
  exactlyOne: ['url', 'nodes'],
  later: ['lambda', 'health', 'circuitBreaker'],
  check: checkBackend,
});

export type BackendBlock = Read<typeof backend>;

function checkBackend(block: RecordOf<typeof fields>, at: Node, report: Report): boolean {
  const urls: readonly Sourced<HttpUrl>[] =
    block.nodes === undefined
      ? block.url === undefined
        ? []
        : [block.url]
      : block.nodes.value.map((one) => one.value.url);
  const first = urls[0];
  if (first === undefined) return false;
  let whole = true;
  const seen = new Set<string>();
  for (const url of urls) {
    const { scheme, host, port } = url.value;
    if (scheme !== first.value.scheme || basePath(url.value) !== basePath(first.value)) {
      const problem = `${subjectOf(at.at)} has nodes of different schemes or paths (${quote(first.value.text)}, ${quote(url.value.text)})`;
      report(
        contradictory(url, problem, 'Give all nodes one scheme and one path, or declare two back ends.'),
      );
      whole = false;
    }
    const authority = `${host}:${port}`;
    if (seen.has(authority)) {
      report(diagnostic(repeated, url.at, { subject: subjectOf(at.at), value: quote(authority) }));
      whole = false;
    }
    seen.add(authority);
  }
  if (block.tls !== undefined && first.value.scheme === 'http') {
    const problem = `${subjectOf(block.tls.at)} secures a connection that is plain http`;
    report(contradictory(block.tls, problem, 'Write an https URL, or remove tls.'));
    whole = false;
  }
  return whole;
}

function basePath(url: HttpUrl): string {
  return url.path.replace(/\/$/, '');
}

function contradictory(at: Sourced<unknown>, problem: string, fix: string) {
  const consequence =
    'The gateway would not reach the back end in the way that was meant, so nothing is written.';
  return diagnostic(contradiction, at.at, { problem, consequence, fix });
}
