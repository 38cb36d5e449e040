import type { Authenticator, KeySource } from '../../../model/authentication.ts';
import type { Gateway } from '../../../model/gateway.ts';
import type { Expression } from '../../../model/policy.ts';
import type { ApiKind } from './guard-use.ts';
import { secretData } from './secret-data.ts';

/** Why the authorizer cannot check the credentials of an authenticator; undefined when it can. */
export function refusalOfAuthenticator(authenticator: Authenticator, gateway: Gateway): string | undefined {
  switch (authenticator.kind) {
    case 'jwt':
      return first(authenticator.issuers.value.map(({ keys }) => refusalOfKeys(keys.value, gateway)));
    case 'basic':
      return refusalOfSecret(authenticator.users.value, gateway);
    case 'introspection':
      return (
        refusalOfUrl(authenticator.endpoint.value) ??
        refusalOfSecret(authenticator.clientSecret.value, gateway)
      );
    case 'external':
      return refusalOfService(authenticator.backend.value, gateway);
    case 'api-key':
      return authenticator.keys.value === 'consumers'
        ? undefined
        : 'keys of usage plans are no authentication: whoever has one passes, and nobody is told who that is';
    case 'certificate':
    case 'sigv4':
      return undefined;
  }
}

/** Why the authorizer cannot evaluate a policy; undefined when it can. */
export function refusalOfPolicy(policy: Expression, gateway: Gateway, api: ApiKind): string | undefined {
  switch (policy.kind) {
    case 'all':
    case 'any':
      return first(policy.of.map((one) => refusalOfPolicy(one, gateway, api)));
    case 'not':
      return refusalOfPolicy(policy.of, gateway, api);
    case 'policy':
      return refusalOfPolicy(policy.is, gateway, api);
    case 'external': {
      // What API Gateway tells has been decoded: the service would be told something that the client did not send.
      const unknown = api === 'rest' ? 'query' : 'path';
      return policy.send.includes(unknown)
        ? `API Gateway does not tell an authorizer the raw ${unknown}, which a service is to be sent`
        : refusalOfService(policy.backend, gateway);
    }
    default:
      return undefined;
  }
}

function refusalOfKeys(source: KeySource, gateway: Gateway): string | undefined {
  switch (source.kind) {
    case 'pinned':
      return undefined;
    case 'remote':
    case 'discovery':
      return refusalOfUrl(source.url);
    case 'stored':
    case 'shared':
      return refusalOfSecret(source.secret, gateway);
  }
}

function refusalOfSecret(name: string, { secrets }: Gateway): string | undefined {
  const secret = secrets.find((one) => one.name === name);
  if (secret === undefined) return `there is no secret "${name}"`;
  return secretData(secret) === undefined
    ? `the secret "${name}" is neither in Systems Manager (ssm) nor in Secrets Manager (secretsManager)`
    : undefined;
}

function refusalOfService(name: string, gateway: Gateway): string | undefined {
  const backend = gateway.backends.find((one) => one.name === name);
  if (backend === undefined) return `there is no back end "${name}"`;
  if (backend.kind === 'lambda') return `the back end "${name}" is a function, which has no address`;
  if (backend.private.value)
    return `the back end "${name}" is private, and the authorizer is outside its network`;
  if (backend.nodes.length > 1)
    return `the back end "${name}" has several nodes, and the authorizer asks one address`;
  const { credentials, tls } = backend;
  if (credentials?.value.kind === 'sigv4')
    return `the back end "${name}" wants signed requests, and the authorizer signs none`;
  const certificate = tls?.clientCertificate?.value;
  if (certificate === 'managed')
    return `the back end "${name}" wants the certificate of the stage, which the authorizer does not have`;
  const secrets = [credentials?.value.secret, tls?.ca?.value, certificate?.cert, certificate?.key];
  return first([
    ...backend.nodes.map(({ value }) => refusalOfHost(value.host)),
    ...secrets.map((secret) => (secret === undefined ? undefined : refusalOfSecret(secret, gateway))),
  ]);
}

function refusalOfUrl(url: string): string | undefined {
  return refusalOfHost(new URL(url).hostname);
}

/** Addresses of networks of one's own (RFC 1918, RFC 4193, RFC 6598). Loopback is for gateways that are tried out. */
function refusalOfHost(host: string): string | undefined {
  const isPrivate =
    /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2[0-9]|3[01])\.|100\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\.)[0-9.]+$/.test(
      host,
    ) || /^\[f[cd]/i.test(host);
  return isPrivate ? `the address ${host} is private, and the authorizer is outside its network` : undefined;
}

function first(reasons: readonly (string | undefined)[]): string | undefined {
  return reasons.find((reason) => reason !== undefined);
}
