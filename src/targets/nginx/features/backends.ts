import type { Backend } from '../../../model/backend.ts';
import type { Gateway } from '../../../model/gateway.ts';
import type { Lowering, Outcome } from '../../target.ts';
import { isProxied, type ProxiedBackend } from '../proxied-backend.ts';
import { secretPath } from '../secrets.ts';
import { headerName, headerValue, refusalOf, text } from '../token.ts';

/**
 * What keeps others out of a private back end on NGINX: a certificate that the gateway shows, or a credential in a
 * header. Addresses and networks are not the configuration's to decide.
 */
function privacyOf({ tls, credentials }: ProxiedBackend): 'certificate' | 'credential' | undefined {
  if (tls?.clientCertificate !== undefined) return 'certificate';
  return credentials === undefined ? undefined : 'credential';
}

/** Private back ends, and the credentials that back ends ask of the gateway. */
export const backends: Lowering<readonly Backend[], Gateway, readonly ProxiedBackend[]> = {
  support: 'full',
  note: 'private: a client certificate or a credential header; credentials are read from files for each request',
  lower: (asked, gateway): Outcome<readonly ProxiedBackend[]> => {
    const foreign = asked.map(refusalOfKind).find((one) => one !== undefined);
    if (foreign !== undefined) return foreign;
    const proxied = asked.filter(isProxied);
    const open = proxied.filter((one) => one.private.value && privacyOf(one) === undefined);
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
    const refused = proxied.map((one) => refusalOfCredentials(one, gateway)).find((one) => one !== undefined);
    return refused ?? { kind: 'exact', part: proxied };
  },
};

type Refusal = Extract<Outcome<never>, { kind: 'unsupported' }>;

/** Back ends that nginx has no way to ask, and extras that it lacks. */
function refusalOfKind(backend: Backend): Refusal | undefined {
  const { name } = backend;
  if (backend.kind === 'lambda') {
    return {
      kind: 'unsupported',
      reason: `the back end "${name}" is a function of AWS Lambda, which nginx cannot call`,
      instead: 'Give the back end a url, for instance that of the function (a function URL).',
      at: backend.function.at,
    };
  }
  const { circuitBreaker, credentials, health, tls } = backend;
  if (credentials?.value.kind === 'sigv4') {
    return {
      kind: 'unsupported',
      reason: `nginx does not sign requests to the back end "${name}" for AWS`,
      instead: 'Name a header and a secret in credentials.',
      at: credentials.at,
    };
  }
  if (tls?.clientCertificate?.value === 'managed') {
    return {
      kind: 'unsupported',
      reason: `nginx makes no certificate to show the back end "${name}"`,
      instead: 'Name the secrets of one: tls.clientCertificate {cert, key}.',
      at: tls.clientCertificate.at,
    };
  }
  const extra = health ?? circuitBreaker;
  return extra === undefined
    ? undefined
    : {
        kind: 'unsupported',
        reason: `nginx does not ${health === undefined ? 'open circuits' : 'check the health'} of the back end "${name}"`,
        instead: 'Leave health and circuitBreaker to a load balancer in front of its nodes.',
        at: extra.at,
      };
}

function refusalOfCredentials({ credentials }: ProxiedBackend, gateway: Gateway): Refusal | undefined {
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
