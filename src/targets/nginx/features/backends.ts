import type { Backend, Gateway } from '../../../model/gateway.ts';
import type { Lowering, Outcome } from '../../target.ts';
import { secretPath } from '../secrets.ts';
import { headerName, headerValue, refusalOf, text } from '../token.ts';

/**
 * What keeps others out of a private back end on NGINX: a certificate that the gateway shows, or a credential in a
 * header. Addresses and networks are not the configuration's to decide.
 */
function privacyOf({ tls, credentials }: Backend): 'certificate' | 'credential' | undefined {
  if (tls?.clientCertificate !== undefined) return 'certificate';
  return credentials === undefined ? undefined : 'credential';
}

/** Private back ends, and the credentials that back ends ask of the gateway. */
export const backends: Lowering<readonly Backend[], Gateway, readonly Backend[]> = {
  support: 'full',
  note: 'private: a client certificate or a credential header; credentials are read from files for each request',
  lower: (asked, gateway): Outcome<readonly Backend[]> => {
    const open = asked.filter((one) => one.private.value && privacyOf(one) === undefined);
    const [first] = open;
    if (first !== undefined) {
      const names = open.map(({ name }) => `"${name}"`).join(', ');
      const several = open.length > 1;
      return {
        kind: 'unsupported',
        reason: `nothing keeps others out of the private back end${several ? 's' : ''} ${names}`,
        instead: `Give ${several ? 'each of them' : 'it'} tls.clientCertificate {cert, key}, or credentials {header, value: {secret: <name>}} that the back end demands.`,
        at: first.private.at,
      };
    }
    const refused = asked.map((one) => refusalOfCredentials(one, gateway)).find((one) => one !== undefined);
    return refused ?? { kind: 'exact', part: asked };
  },
};

function refusalOfCredentials(
  { credentials }: Backend,
  gateway: Gateway,
): Extract<Outcome<never>, { kind: 'unsupported' }> | undefined {
  if (credentials === undefined) return undefined;
  const { header, prefix, secret } = credentials.value;
  const reason =
    secretPath(gateway, secret) === undefined
      ? `there is no secret "${secret}"`
      : refusalOf(() => [headerName(header), headerValue(text(prefix ?? 'none'))]);
  return reason === undefined
    ? undefined
    : { kind: 'unsupported', reason, instead: undefined, at: credentials.at };
}
