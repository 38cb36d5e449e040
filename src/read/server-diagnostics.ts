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
  fix: 'Write an absolute URL such as https://api.example.com/v1 under "servers", or say where it is served with --server https://api.example.com, or with server or serverVariables of an environment.',
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

interface OptionFacts {
  /** Where the URL was given: `--server` or the field of an environment. */
  readonly option: string;
  readonly url: string;
}

export const serverOptionUnused = diagnosticKind<OptionFacts>({
  code: 'SRV005',
  severity: 'warning',
  title: 'The front door that was given has no effect',
  message: ({ option, url }) =>
    `${option} "${url}" changes nothing: every server of the documents names its host.`,
  consequence: 'The gateway serves the hosts that the documents name, not this one.',
  fix: 'Leave it out, or replace the servers with an overlay.',
});

export const serverOptionInvalid = diagnosticKind<OptionFacts & { problem: string }>({
  code: 'SRV006',
  severity: 'error',
  title: 'The front door that was given is no usable URL',
  message: ({ option, url, problem }) => `${option} "${url}" cannot be used: ${problem}.`,
  consequence: 'The gateway would not know for which host names it answers, so nothing is written.',
  fix: 'Give an absolute URL such as https://api.example.com.',
});

export const serverVariableUnknown = diagnosticKind<{ name: string; suggestion: string }>({
  code: 'SRV008',
  severity: 'error',
  title: 'An environment gives a value to a server variable that does not exist',
  message: ({ name, suggestion }) => `No server of the documents has the variable "${name}".${suggestion}`,
  consequence: 'The gateway would be served elsewhere than the environment says, so nothing is written.',
  fix: 'Name a variable in a URL of "servers" that is declared under its "variables".',
});

export const serverValueRefused = diagnosticKind<{ name: string; value: string; allowed: string }>({
  code: 'SRV009',
  severity: 'error',
  title: 'A server variable does not allow a value',
  message: ({ name, value, allowed }) =>
    `The server variable "${name}" has the value "${value}", which is not one of ${allowed}.`,
  consequence: 'Clients of the document would never call that address, so nothing is written.',
  fix: 'Use a value of its "enum", or add the value there.',
});

export const listenerConflict = diagnosticKind<{ host: string }>({
  code: 'SRV007',
  severity: 'error',
  title: 'One host and port is served with and without TLS',
  message: ({ host }) => `Two servers ask for http and for https on "${host}".`,
  consequence: 'One port cannot speak both, so nothing is written.',
  fix: 'Give one of them another port.',
});
