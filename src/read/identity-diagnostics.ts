import { diagnosticKind } from '../diagnostics/diagnostic.ts';

const NOTHING_WRITTEN = 'Clients would send a credential that the gateway cannot verify; nothing is written.';

export const schemeUnsuitable = diagnosticKind<{
  scheme: string;
  type: string;
  credentials: string;
  suitable: string;
  instead: string;
}>({
  code: 'AUT002',
  severity: 'error',
  title: 'A security scheme cannot carry the credentials of its authenticator',
  message: ({ scheme, type, credentials }) =>
    `The security scheme "${scheme}" is ${type}, and its authenticator verifies ${credentials}.`,
  consequence: NOTHING_WRITTEN,
  fix: ({ type, suitable, instead }) => `Declare the scheme as ${suitable}, or bind ${type} to ${instead}.`,
});

export const httpSchemeUnknown = diagnosticKind<{ scheme: string; type: string }>({
  code: 'AUT007',
  severity: 'error',
  title: 'An HTTP authentication scheme is not supported',
  message: ({ scheme, type }) => `The security scheme "${scheme}" is ${type}.`,
  consequence: NOTHING_WRITTEN,
  fix: 'Declare it as http bearer or basic, as apiKey, oauth2, openIdConnect or mutualTLS, which is what gateways verify.',
});

export const issuerMissing = diagnosticKind<{ name: string }>({
  code: 'AUT008',
  severity: 'error',
  title: 'An authenticator does not say whom it trusts',
  message: ({ name }) =>
    `The authenticator "${name}" has no issuer, and no openIdConnect scheme of that name has a discovery URL.`,
  consequence: 'Tokens of anybody would have to be accepted, or of nobody; nothing is written.',
  fix: 'Write issuer, issuers, introspection, keys, users, certificate or external.',
});

export const issuerDerived = diagnosticKind<{ name: string; issuer: string }>({
  code: 'AUT009',
  severity: 'info',
  title: 'The issuer is taken from the security scheme',
  message: ({ name, issuer }) =>
    `The authenticator "${name}" trusts "${issuer}", the issuer of the scheme's discovery URL.`,
  consequence:
    'Tokens whose "iss" is written in another way, for instance with a slash at its end, are refused.',
  fix: 'Write issuer as it stands in tokens when it differs.',
});

export const issuerDisagrees = diagnosticKind<{ name: string; issuer: string; url: string }>({
  code: 'AUT015',
  severity: 'warning',
  title: 'The issuer is not the one that the security scheme names',
  message: ({ name, issuer, url }) =>
    `The authenticator "${name}" trusts ${issuer}, and the openIdConnectUrl of its scheme is "${url}".`,
  consequence:
    'Clients that follow the document get tokens of an issuer that the gateway does not trust, and are refused.',
  fix: 'Correct the one that is wrong: the URL is the issuer with "/.well-known/openid-configuration" behind it.',
});

export const scopesWithoutClaims = diagnosticKind<{ operation: string; scheme: string; kind: string }>({
  code: 'AUT010',
  severity: 'error',
  title: 'Scopes are asked of an identity that has none',
  message: ({ operation, scheme, kind }) =>
    `${operation} asks for scopes of "${scheme}", whose kind "${kind}" has none.`,
  consequence: 'No request could ever hold them; nothing is written.',
  fix: 'Write an empty list, and say who may call it with authorize (groups of consumers, for instance).',
});

export const authoritiesDiffer = diagnosticKind<{ one: string; other: string }>({
  code: 'AUT011',
  severity: 'error',
  title: 'Client certificates have two authorities',
  message: ({ one, other }) =>
    `Client certificates are signed by "${one}" and by "${other}", and a listener has one set of authorities.`,
  consequence: 'Certificates of one authority would pass for those of the other; nothing is written.',
  fix: 'Put all authorities into one secret, name it everywhere, and tell their clients apart by "subjects".',
});

export const certificatesNotAsked = diagnosticKind<{ name: string; why: string }>({
  code: 'AUT012',
  severity: 'error',
  title: 'An authenticator reads certificates that nobody asks for',
  message: ({ name, why }) => `The authenticator "${name}" reads client certificates, and ${why}.`,
  consequence: 'No request could be authenticated; nothing is written.',
  fix: 'Write tls.clientCertificate.mode: optional, or remove the mode.',
});

export const credentialsCollide = diagnosticKind<{ operation: string; one: string; other: string }>({
  code: 'AUT014',
  severity: 'warning',
  title: 'Two credentials need one header',
  message: ({ operation, one, other }) =>
    `${operation} requires "${one}" and "${other}" together, and both stand in the header "Authorization".`,
  consequence: 'No request can carry both, so nobody passes this way.',
  fix: 'Give one of them another place with "from", or make two alternatives of them.',
});

export const credentialUnseen = diagnosticKind<{ scheme: string; header: string; instead: string }>({
  code: 'AUT016',
  severity: 'error',
  title: 'A credential stands in a header that servers drop',
  message: ({ scheme, header }) =>
    `The security scheme "${scheme}" has its credential in the header "${header}".`,
  consequence:
    'Servers drop such names on arrival, because back ends confuse them with names that have hyphens: no credential would ever be seen.',
  fix: ({ scheme, instead }) =>
    `Let clients send it under another name, and say so: authenticators: {${scheme}: {from: [{header: ${instead}}]}}.`,
});

export const terminationUpstream = diagnosticKind({
  code: 'TLS002',
  severity: 'error',
  title: 'Client certificates where TLS ends upstream',
  message: () => 'Client certificates are asked for, and tls.termination is "upstream".',
  consequence: 'The gateway would never see a certificate that it can believe; nothing is written.',
  fix: 'End TLS at the gateway (termination: here), or use another credential than certificates.',
});

export const headerOwnedTwice = diagnosticKind<{ header: string; name: string }>({
  code: 'AUT013',
  severity: 'error',
  title: 'One header carries a certificate and another fact',
  message: ({ header, name }) =>
    `tls.clientCertificate.forward and the authenticator "${name}" both write the header "${header}".`,
  consequence: 'The back end could not tell what it received; nothing is written.',
  fix: 'Give one of them another header.',
});

export const keyOfTwoConsumers = diagnosticKind<{ one: string; other: string }>({
  code: 'CON001',
  severity: 'error',
  title: 'Two consumers have the same key',
  message: ({ one, other }) => `The consumers "${one}" and "${other}" have the same key.`,
  consequence: 'The gateway could not tell who calls; nothing is written.',
  fix: 'Make a key of its own for each with `gwc key`.',
});

export const consumerWithoutKeys = diagnosticKind<{ name: string }>({
  code: 'CON002',
  severity: 'warning',
  title: 'A consumer has no key',
  message: ({ name }) => `The consumer "${name}" has no key.`,
  consequence: 'It cannot call anything.',
  fix: 'Make a key with `gwc key` and write its hash under keys, or remove the consumer.',
});

export const guessableKey = diagnosticKind<{ name: string; key: string }>({
  code: 'CON003',
  severity: 'error',
  title: 'A key can be guessed',
  message: ({ name, key }) => `A key of the consumer "${name}" is ${key}.`,
  consequence: 'Everybody could call in its name; nothing is written.',
  fix: 'Make a key with `gwc key` and write its hash.',
});

export const nobodyHasKeys = diagnosticKind<{ name: string }>({
  code: 'CON004',
  severity: 'warning',
  title: 'An authenticator of API keys knows no key',
  message: ({ name }) => `The authenticator "${name}" verifies API keys, and no consumer has one.`,
  consequence: 'Every key is refused.',
  fix: 'Declare consumers with keys in the root x-gateway block.',
});
