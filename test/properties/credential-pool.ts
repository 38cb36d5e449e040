import { namedCredentials } from '../behaviour/identity-credentials.ts';
import { opaqueTokens } from '../support/authorization-server.ts';
import { judgedTokens } from '../support/judge.ts';
import type { CredentialPool } from './identity-requests.ts';

/** Answers that take their time are tested case by case. */
const slow = new Set(['slow', 'judged-slow']);
const quick = (names: readonly string[]): readonly string[] => names.filter((name) => !slow.has(name));
const named = quick([...namedCredentials(0, 'http://127.0.0.1').keys()]).map((name) => `{${name}}`);
const isKey = (name: string): boolean => /^\{(?:acme|beta)/.test(name);
const isPassword = (name: string): boolean => /^\{(?:ann|bob|carl|no[A-Z]|nobody|latin)/.test(name);
/** Every credential of fixtures/behaviour/identities.openapi.yaml that is answered at once. */
export const credentialPool: CredentialPool = {
  tokens: named.filter((name) => !isKey(name) && !isPassword(name)),
  keys: [...named.filter(isKey), '{acmeOne}', '{acmeOne}', '{beta}'],
  passwords: [...named.filter(isPassword), '{ann}', '{ann}'],
  opaque: quick([...opaqueTokens, 'opaque-alice', 'opaque-alice', 'opaque-admin', 'opaque-admin']),
  judged: quick([...judgedTokens, 'judged-alice', 'judged-alice']),
};
