import type { Authenticator } from '../../../model/authentication.ts';
import type { Gateway, Operation } from '../../../model/gateway.ts';

/** The HTTP scheme by which each kind is asked for (RFC 6750, RFC 7617). Keys and certificates have none of their own. */
const schemeOf: { readonly [K in Authenticator['kind']]: string } = {
  jwt: 'Bearer',
  introspection: 'Bearer',
  external: 'Bearer',
  basic: 'Basic',
  'api-key': 'ApiKey',
  certificate: 'Certificate',
  sigv4: 'AWS4-HMAC-SHA256',
};

/**
 * The challenges of the one gateway response 401 of a REST API: one for each scheme that an operation of it takes
 * (RFC 9110 §11.6.1), in the order of first use. They are constants, so none says what was wrong with a token.
 */
export function challengesOf(gateway: Gateway, operations: readonly Operation[]): readonly string[] {
  const kinds = operations.flatMap(({ features: { authentication } }) =>
    authentication.value.kind === 'public'
      ? []
      : authentication.value.anyOf.flat().flatMap(({ authenticator: name }) => {
          const kind = gateway.authenticators.find((one) => one.name === name)?.kind;
          return kind === undefined ? [] : [kind];
        }),
  );
  const realm = gateway.name.replace(/[^\x20-\x7e]|["\\']/g, '?');
  return [...new Set(kinds.map((kind) => schemeOf[kind]))].map(
    (scheme) => `${scheme} realm="${realm}"${scheme === 'Basic' ? ', charset="UTF-8"' : ''}`,
  );
}
