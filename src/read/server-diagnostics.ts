import { diagnosticKind } from '../diagnostics/diagnostic.ts';

interface ServerFacts {
  readonly url: string;
}

export const serverNotConcrete = diagnosticKind<ServerFacts & { why: string }>({
  code: 'SRV001',
  severity: 'error',
  title: 'A server does not say which host is served',
  message: ({ url, why }) => `The server "${url}" does not name a host: ${why}.`,
  consequence: 'The gateway would not know for which host names it answers, so nothing is written.',
  fix: 'Write an absolute URL such as https://api.example.com/v1 under "servers", or build with --server https://api.example.com.',
});

export const serverInvalid = diagnosticKind<ServerFacts & { problem: string }>({
  code: 'SRV002',
  severity: 'error',
  title: 'A server URL cannot be a front door',
  message: ({ url, problem }) => `The server "${url}" cannot be served: ${problem}.`,
  consequence: 'No client could reach the operations below it, so nothing is written.',
  fix: 'Write https://<host>[:<port>]/<base path> without user name, query and fragment.',
});

export const serverInsecure = diagnosticKind<ServerFacts>({
  code: 'SRV003',
  severity: 'error',
  title: 'A server without TLS',
  message: ({ url }) => `The server "${url}" is plain http on a host that is not loopback.`,
  consequence: 'Tokens and data would cross the network in clear, so nothing is written.',
  fix: 'Write https. Where a trusted load balancer ends TLS, write tls: {termination: upstream} and its addresses under edge.trustedProxies.',
});

export const serverIgnored = diagnosticKind<ServerFacts & { chosen: string }>({
  code: 'SRV004',
  severity: 'warning',
  title: 'A second server of one host is ignored',
  message: ({ url, chosen }) => `The server "${url}" is ignored: "${chosen}" comes first for its host.`,
  consequence:
    'Requests to the ignored server are answered 404, or redirected to https where only the scheme differs.',
  fix: 'Remove the ignored server, or give it a host name of its own.',
});

export const serverOptionUnused = diagnosticKind<ServerFacts>({
  code: 'SRV005',
  severity: 'warning',
  title: '--server has no effect',
  message: ({ url }) => `--server "${url}" changes nothing: every server of the documents names its host.`,
  consequence: 'The gateway serves the hosts that the documents name, not this one.',
  fix: 'Leave --server out, or replace the servers with an overlay.',
});

export const serverOptionInvalid = diagnosticKind<ServerFacts & { problem: string }>({
  code: 'SRV006',
  severity: 'error',
  title: '--server is no usable URL',
  message: ({ url, problem }) => `--server "${url}" cannot be used: ${problem}.`,
  consequence: 'The gateway would not know for which host names it answers, so nothing is written.',
  fix: 'Give an absolute URL such as https://api.example.com.',
});

export const listenerConflict = diagnosticKind<{ host: string }>({
  code: 'SRV007',
  severity: 'error',
  title: 'One host and port is served with and without TLS',
  message: ({ host }) => `Two servers ask for http and for https on "${host}".`,
  consequence: 'One port cannot speak both, so nothing is written.',
  fix: 'Give one of them another port.',
});
