import { type RecordOf, record } from '../record.ts';
import { authenticatorFields } from './authenticator-fields.ts';
import { authenticatorSchema, checkAuthenticator, kindFields } from './authenticator-rules.ts';

/**
 * One entry of `authenticators`: how credentials of the security scheme of the same name are verified. The fields fix
 * the kind; without a field that names one it verifies JSON Web Tokens.
 */
export const authenticator = record('authenticator', authenticatorFields, {
  atMostOne: kindFields,
  later: ['sigv4'],
  instead: {
    sigv4:
      'Remove "sigv4": only gateways of AWS verify its signatures. Callers can have a key (keys: consumers), a token or a certificate instead.',
  },
  schema: authenticatorSchema,
  check: checkAuthenticator,
});

export type AuthenticatorBlock = RecordOf<typeof authenticatorFields>;
