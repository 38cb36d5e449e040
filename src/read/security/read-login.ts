import type { AuthenticatorBlock } from '../../extension/index.ts';
import { loginUrl } from '../../extension/values/url.ts';
import type { Login } from '../../model/authentication.ts';
import type { Sourced } from '../../model/origin.ts';
import type { SecurityScheme } from '../../openapi/document.ts';
import { nodeOf } from '../../source/node.ts';

const defaultReturnParam = 'return_to';

/**
 * Where an authenticator sends people: its stated page, else the first `authorizationUrl` of its schemes that is a
 * usable address. Undefined when there is none; an operation that needs it then fails.
 */
export function readLogin(
  block: AuthenticatorBlock['login'],
  schemes: readonly SecurityScheme[],
): Sourced<Login> | undefined {
  const stated = block?.value.returnParam?.value;
  const returnParam = stated === false ? undefined : (stated ?? defaultReturnParam);
  const url = block?.value.url;
  if (url !== undefined) return { value: { url: url.value.text, returnParam }, at: url.at };
  for (const { authorizationUrl } of schemes) {
    if (authorizationUrl === undefined) continue;
    const usable = loginUrl.read(nodeOf(authorizationUrl.value, authorizationUrl.at), () => undefined);
    if (usable !== undefined) return { value: { url: usable.text, returnParam }, at: authorizationUrl.at };
  }
  return undefined;
}
