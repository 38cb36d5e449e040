import type { Gateway } from '../../../model/gateway.ts';
import type { AuthenticatorData, KeySetData, SecretData, ServiceData } from './authorizer-data.ts';
import { type Numbered, numbered } from './numbered.ts';
import { secretOf } from './secret-data.ts';

/** What guards rest on, each once. */
export interface Sources {
  readonly gateway: Gateway;
  readonly authenticators: Numbered<AuthenticatorData>;
  readonly keySets: Numbered<KeySetData>;
  readonly services: Numbered<ServiceData>;
  readonly secrets: Numbered<SecretData>;
  /** The place of a secret by its name in the document. */
  readonly secret: (name: string) => number;
}

export function sourcesOf(gateway: Gateway): Sources {
  const secrets = numbered<SecretData>();
  return {
    gateway,
    authenticators: numbered(),
    keySets: numbered(),
    services: numbered(),
    secrets,
    secret: (name) => secrets.placeOf(secretOf(gateway, name)),
  };
}
