import type { Authentication, Authenticator } from '../../../model/authentication.ts';
import type { Gateway } from '../../../model/gateway.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';
import { settingsOf } from '../settings.ts';
import { filePath, headerName, refusalOf } from '../token.ts';
import { refusalOfKeys } from './token-keys.ts';
import { isVisibleHeader } from './visible-header.ts';

/** Tokens are verified by the emitted njs behind `auth_request`; valid decisions are kept until the token expires. */
export const authentication: Lowering<Sourced<Authentication>, OperationScope, Authentication> = {
  support: 'full',
  note: 'njs behind auth_request; decisions are cached at most 300 s and never beyond the token',
  lower: ({ value }, { gateway }): Outcome<Authentication> => {
    if (value.kind === 'public') return { kind: 'exact', part: value };
    const names = new Set(value.anyOf.flat().map((requirement) => requirement.authenticator));
    for (const authenticator of gateway.authenticators.filter(({ name }) => names.has(name))) {
      const reason = refusal(authenticator, gateway);
      if (reason !== undefined) return { kind: 'unsupported', reason, instead: undefined };
    }
    const modules = refusalOf(() => filePath(settingsOf(gateway).modules));
    if (modules !== undefined) {
      return {
        kind: 'unsupported',
        reason: `the module folder cannot be written (${modules})`,
        instead: undefined,
      };
    }
    return { kind: 'exact', part: value };
  },
};

function refusal(authenticator: Authenticator, gateway: Gateway): string | undefined {
  if (authenticator.kind !== 'jwt')
    return `credentials of the kind "${authenticator.kind}" are not built yet`;
  const keys = refusalOfKeys(authenticator, gateway);
  if (keys !== undefined) return keys;
  for (const place of authenticator.from.value) {
    if (place.kind === 'header' && !isVisibleHeader(place.name)) return hidden(place.name);
    if (place.kind === 'cookie' && !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(place.name)) {
      return `"${place.name}" is not the name of a cookie`;
    }
  }
  return authenticator.forward
    .map(({ header }) => refusalOf(() => headerName(header)))
    .find((reason) => reason !== undefined);
}

function hidden(name: string): string {
  return `nginx ignores the header "${name}": only letters, digits and "-" reach a variable`;
}
