import { diagnosticKind } from '../diagnostics/diagnostic.ts';

interface OperationFacts {
  readonly operation: string;
}

export const securityAbsent = diagnosticKind<OperationFacts>({
  code: 'SEC001',
  severity: 'error',
  title: 'Nobody decided who may call an operation',
  message: ({ operation }) => `${operation} has no "security", and neither has its document.`,
  consequence: 'The operation would be open to everybody without anyone having said so; nothing is written.',
  fix: 'Write security with a scheme on the operation or at the root, or security: [] where everybody may call it.',
});

export const publicUnsafe = diagnosticKind<OperationFacts & { method: string }>({
  code: 'SEC002',
  severity: 'error',
  title: 'A public operation that changes something gives no reason',
  message: ({ operation, method }) => `${operation} is public and its method is "${method}".`,
  consequence: 'Anybody could change data without an account; nothing is written.',
  fix: 'Require a scheme, or write x-gateway: {public: {reason: <why>}} on the operation or its path.',
});

export const everythingPublic = diagnosticKind({
  code: 'SEC003',
  severity: 'error',
  title: 'A whole document is public without a reason',
  message: () => 'The root "security" is an empty list, which makes every operation without its own public.',
  consequence: 'Operations that are added later would be open as well; nothing is written.',
  fix: 'Require a scheme at the root, or write x-gateway: {defaults: {public: {reason: <why>}}}.',
});

export const optionalWithoutReason = diagnosticKind<OperationFacts>({
  code: 'SEC004',
  severity: 'error',
  title: 'Anonymous callers are allowed without a reason',
  message: ({ operation }) =>
    `The security of ${operation} contains "{}", which lets anonymous callers pass.`,
  consequence: 'The operation would be open to everybody without a stated reason; nothing is written.',
  fix: 'Remove "{}", or write x-gateway: {public: {reason: <why>}}.',
});

export const schemeUnbound = diagnosticKind<{ scheme: string; suggestion: string }>({
  code: 'SEC005',
  severity: 'error',
  title: 'A security scheme has no authenticator',
  message: ({ scheme, suggestion }) =>
    `The security scheme "${scheme}" is used and has no authenticator.${suggestion}`,
  consequence: 'The gateway could not verify its credentials; nothing is written.',
  fix: ({ scheme }) =>
    `Write x-gateway: {authenticators: {${scheme}: …}} with issuer and audiences, introspection, keys, users, certificate or external.`,
});

export const publicUnused = diagnosticKind({
  code: 'SEC006',
  severity: 'warning',
  title: 'A stated reason for being public has no effect',
  message: () =>
    'A reason for being public is stated, and every operation that it covers requires credentials.',
  consequence: 'The operations stay closed to anonymous callers.',
  fix: 'Write security: [] on the operation that is meant to be public; otherwise remove "public".',
});

export const policyOnPublic = diagnosticKind<OperationFacts>({
  code: 'SEC007',
  severity: 'error',
  title: 'A public operation has a policy',
  message: ({ operation }) => `${operation} is public, and an "authorize" applies to it.`,
  consequence:
    'A policy without an identity refuses everybody, or was meant for another operation; nothing is written.',
  fix: 'Require a scheme, or write x-gateway: {relax: {authorize: <reason>}} on the operation.',
});

export const authenticatorWithoutScheme = diagnosticKind<{ name: string; suggestion: string }>({
  code: 'AUT001',
  severity: 'error',
  title: 'An authenticator has no security scheme',
  message: ({ name, suggestion }) =>
    `The authenticator "${name}" has the name of no security scheme.${suggestion}`,
  consequence: 'It would protect nothing; nothing is written.',
  fix: 'Give it the name of a scheme under components.securitySchemes (2.0: securityDefinitions).',
});

export const schemesDiffer = diagnosticKind<{ scheme: string }>({
  code: 'AUT003',
  severity: 'error',
  title: 'Documents place one credential differently',
  message: ({ scheme }) => `Two documents declare the security scheme "${scheme}" with different places.`,
  consequence: 'It is not certain where the credential is; nothing is written.',
  fix: 'Declare the scheme alike in all documents, or write "from" in its authenticator.',
});

export const forwardsCredential = diagnosticKind<{ header: string }>({
  code: 'AUT004',
  severity: 'error',
  title: 'One header carries a credential and a fact about the caller',
  message: ({ header }) => `The header "${header}" carries a credential and is named under "forward".`,
  consequence:
    'The gateway removes forwarded headers from requests, so the credential would be lost; nothing is written.',
  fix: 'Choose another header under "forward".',
});

export const forwardedTwice = diagnosticKind<{
  header: string;
  one: string;
  other: string;
  operation: string;
}>({
  code: 'AUT005',
  severity: 'error',
  title: 'Two identities claim one header',
  message: ({ header, one, other, operation }) =>
    `${operation} requires "${one}" and "${other}" together, and both forward "${header}".`,
  consequence: 'The back end could not tell whose claim it received; nothing is written.',
  fix: 'Give one of the authenticators another header.',
});

export const loginMissing = diagnosticKind<{ subject: string; trigger: string }>({
  code: 'AUT006',
  severity: 'error',
  title: 'A login redirect has no address',
  message: ({ subject, trigger }) =>
    `${subject} has the login trigger "${trigger}", and there is no login page for it.`,
  consequence: 'The gateway would not know where to send people; nothing is written.',
  fix: 'Write login: {url: https://…} in the authenticator; the authorizationUrl of an oauth2 scheme serves as well.',
});
