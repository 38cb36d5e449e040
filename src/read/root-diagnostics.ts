import { diagnosticKind } from '../diagnostics/diagnostic.ts';

export const contentsDiffer = diagnosticKind<{ what: string }>({
  code: 'MRG001',
  severity: 'error',
  title: 'Two blocks of one gateway disagree',
  message: ({ what }) => `Two blocks of this gateway declare ${what} with different contents.`,
  consequence: 'It is not certain which of them holds, so nothing is written.',
  fix: 'Declare it once, or refer to one shared block: x-gateway: {$ref: ./gateway.yaml}.',
});

export const nameUnknown = diagnosticKind<{ kind: string; name: string; suggestion: string }>({
  code: 'REF001',
  severity: 'error',
  title: 'A name is not declared',
  message: ({ kind, name, suggestion }) => `The ${kind} "${name}" is not declared.${suggestion}`,
  consequence: 'gwc never guesses what is meant, so nothing is written.',
  fix: ({ kind }) => `Declare the ${kind} in the root x-gateway block, or correct the name.`,
});

export const nameUnused = diagnosticKind<{ kind: string; name: string }>({
  code: 'REF002',
  severity: 'warning',
  title: 'A declaration is not used',
  message: ({ kind, name }) => `The ${kind} "${name}" is declared and never used.`,
  consequence: 'It has no effect on the gateway.',
  fix: 'Use it, or remove it.',
});

export const proxiesMissing = diagnosticKind({
  code: 'TLS001',
  severity: 'error',
  title: 'TLS ends upstream and no proxy is trusted',
  message: () => 'tls.termination is "upstream" and edge.trustedProxies names no proxy.',
  consequence: 'The gateway could not tell the load balancer from an attacker, so nothing is written.',
  fix: 'List the addresses of the load balancer under edge.trustedProxies, or end TLS here.',
});

export const redactedField = diagnosticKind<{ field: string }>({
  code: 'LOG001',
  severity: 'error',
  title: 'A log field is redacted',
  message: ({ field }) => `The access log lists "${field}", which never appears in a log.`,
  consequence: 'Credentials would be written down, or the field would always be empty; nothing is written.',
  fix: 'Remove the field from logging.access.fields.',
});

export const backendNeedsLoopback = diagnosticKind<{ host: string; frontDoor: string }>({
  code: 'BCK001',
  severity: 'error',
  title: 'A loopback back end behind a public front door',
  message: ({ host, frontDoor }) =>
    `The back end listens on "${host}", and the gateway answers for "${frontDoor}".`,
  consequence:
    'Requests from outside would reach services of the gateway machine itself, so nothing is written.',
  fix: 'Name the back end by its address in the network. Loopback is for gateways whose servers are loopback as well.',
});

export const serverNameMissing = diagnosticKind<{ backend: string; why: string }>({
  code: 'BCK002',
  severity: 'error',
  title: 'The name in the certificate of a back end is not certain',
  message: ({ backend, why }) => `The back end "${backend}" needs tls.serverName: ${why}.`,
  consequence: 'Its certificate could not be checked, so nothing is written.',
  fix: 'Write tls: {serverName: <the DNS name in the certificate>}.',
});

export const backendUnverified = diagnosticKind<{ backend: string }>({
  code: 'BCK003',
  severity: 'warning',
  title: 'The certificate of a back end is not checked',
  message: ({ backend }) => `The back end "${backend}" is reached without checking its certificate.`,
  consequence: 'Whoever controls the network between can read and change requests.',
  fix: 'Remove verify: false, and name the authority under tls.ca when it is a private one.',
});

export const backendMissing = diagnosticKind<{ operation: string }>({
  code: 'BCK004',
  severity: 'error',
  title: 'An operation has no back end',
  message: ({ operation }) => `${operation} names no back end, and neither do its path and the defaults.`,
  consequence: 'gwc never takes servers for back ends, so nothing is written.',
  fix: 'Write backend: <name> on the operation, on its path, or under x-gateway.defaults.',
});
