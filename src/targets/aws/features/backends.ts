import type { Backend, BackendNode, HttpBackend, LambdaBackend } from '../../../model/backend.ts';
import type { Gateway, GatewayFeatures } from '../../../model/gateway.ts';
import type { Origin } from '../../../model/origin.ts';
import type { Lowering, Outcome } from '../../target.ts';

type Refusal = { readonly reason: string; readonly instead: string; readonly at: Origin };

/** One address for each back end, in the integration itself; private ones behind a VPC link. */
export const backends: Lowering<GatewayFeatures['backends'], Gateway, readonly Backend[]> = {
  support: 'partial',
  note: 'one public address each, verified against public authorities; private ones through a VPC link (V2); functions of Lambda',
  lower: (asked, gateway): Outcome<readonly Backend[]> => {
    const refusal = asked.map((one) => refusalOf(one, gateway)).find((one) => one !== undefined);
    if (refusal !== undefined) return { kind: 'unsupported', ...refusal };
    const hurried = asked.find((one) => one.kind === 'http' && one.connectTimeout !== usualConnectTimeout);
    return hurried === undefined
      ? { kind: 'exact', part: asked }
      : {
          kind: 'exact',
          part: asked,
          remark: `a connection is waited for as long as the answer, not ${milliseconds(hurried)}`,
        };
  },
};

/** What holds where the document states nothing (LANGUAGE.md §10); API Gateway has one time-out for everything. */
const usualConnectTimeout = 5000;

function milliseconds(backend: Backend): string {
  return backend.kind === 'http' ? `${backend.connectTimeout} ms` : '';
}

/**
 * A back end that must be private and that neither a credential of the gateway nor its certificate protects is reached
 * through the VPC link.
 */
export function usesVpcLink(backend: Backend, gateway: Gateway): boolean {
  if (backend.kind === 'lambda' || !backend.private.value) return false;
  const { credentials, tls } = backend;
  const protectedOtherwise = credentials !== undefined || tls?.clientCertificate !== undefined;
  return gateway.targets.aws.vpc !== undefined || !protectedOtherwise;
}

/** Nobody but the API may call the function: its permission names this API (AWS::Lambda::Permission, SourceArn). */
function refusalOf(backend: Backend, gateway: Gateway): Refusal | undefined {
  return backend.kind === 'lambda' ? refusalOfFunction(backend, gateway) : refusalOfHttp(backend, gateway);
}

/** Name, name with a version, partial or whole ARN (AWS Lambda API reference, "Invoke": FunctionName). */
const functionName =
  /^(?:arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:)?[A-Za-z0-9_-]{1,64}(?::[A-Za-z0-9_-]{1,128})?$/;

function refusalOfFunction(
  { function: called }: LambdaBackend,
  { ownedHeaders }: Gateway,
): Refusal | undefined {
  if (!functionName.test(called.value))
    return {
      reason: `"${called.value}" is neither the name nor the ARN of a function`,
      instead: 'Write its name, or its whole ARN.',
      at: called.at,
    };
  return ownedHeaders.length === 0
    ? undefined
    : {
        reason: `a function receives the headers of clients as they are, also "${ownedHeaders[0]}"`,
        instead: 'Leave `forward` out; the function finds the identity in requestContext.authorizer.',
        at: called.at,
      };
}

function refusalOfHttp(backend: HttpBackend, gateway: Gateway): Refusal | undefined {
  const [first, second] = backend.nodes;
  if (second !== undefined)
    return {
      reason: `an integration has one address, and "${backend.name}" has ${backend.nodes.length} nodes`,
      instead:
        'Put a load balancer in front of the nodes, and make the back end private with targets.aws.vpc.',
      at: second.at,
    };
  const watched = backend.health ?? backend.circuitBreaker;
  if (watched !== undefined)
    return {
      reason: `API Gateway does not watch "${backend.name}", nor does it stop asking it`,
      instead: 'Let a load balancer in front of it do so.',
      at: watched.at,
    };
  if (backend.host === 'client')
    return {
      reason: 'API Gateway writes the Host header of the address that it calls',
      instead: 'Write host: backend; the front door’s name is in X-Forwarded-Host.',
      at: backend.at,
    };
  if (first === undefined) return undefined;
  return (
    refusalOfAddress(backend, first.value, first.at, gateway) ??
    refusalOfTls(backend, first.value) ??
    refusalOfCredentials(backend, gateway)
  );
}

/** Ports of HTTP integrations: "80, 443 and 1024-65535" (Developer Guide, "HTTP integrations"). */
function refusalOfAddress(
  backend: HttpBackend,
  { host, port }: BackendNode,
  at: Origin,
  gateway: Gateway,
): Refusal | undefined {
  if (port !== 80 && port !== 443 && port < 1024)
    return {
      reason: `API Gateway calls the ports 80, 443 and 1024 to 65535, not ${port}`,
      instead: 'Let the back end listen on one of these.',
      at,
    };
  if (usesVpcLink(backend, gateway) || isPublic(host)) return undefined;
  return {
    reason: `"${host}" is no public address, and API Gateway calls public addresses only, unless through a VPC link`,
    instead:
      'Write private: true, and the network in targets.aws.vpc (or in the parameters of the template).',
    at,
  };
}

/** A name with a public-looking ending, or an address outside the ranges of RFC 1918, RFC 6598 and loopback. */
function isPublic(host: string): boolean {
  if (host.startsWith('[')) return false;
  if (/^[0-9.]+$/.test(host))
    return !/^(?:10|127|0)\.|^192\.168\.|^172\.(?:1[6-9]|2[0-9]|3[01])\.|^100\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\./.test(
      host,
    );
  return (
    /\.[a-z0-9-]*[a-z][a-z0-9-]*$/.test(host) &&
    !/\.(?:internal|local|localdomain|lan|home|corp|svc|localhost)$/.test(host)
  );
}

function refusalOfTls({ tls, name }: HttpBackend, { host }: BackendNode): Refusal | undefined {
  if (tls?.ca !== undefined)
    return {
      reason: `API Gateway verifies "${name}" against public authorities only`,
      instead:
        'Give the back end a certificate of a public authority, or put a load balancer with one in front.',
      at: tls.ca.at,
    };
  if (tls !== undefined && tls.serverName.value !== host)
    return {
      reason: `API Gateway verifies the certificate of "${name}" for the host of its URL only`,
      instead: 'Leave serverName out and use the name of the certificate in the URL.',
      at: tls.serverName.at,
    };
  if (tls?.clientCertificate !== undefined && tls.clientCertificate.value !== 'managed')
    return {
      reason: `the stage presents a certificate that API Gateway made itself, not the secret of "${name}"`,
      instead: 'Write clientCertificate: managed, or use credentials.',
      at: tls.clientCertificate.at,
    };
  return undefined;
}

function refusalOfCredentials({ credentials }: HttpBackend, { secrets }: Gateway): Refusal | undefined {
  if (credentials === undefined) return undefined;
  const { at } = credentials;
  if (credentials.value.kind === 'sigv4')
    return {
      reason: 'a proxy integration signs no requests',
      instead: 'Use credentials with a header, or private: true.',
      at,
    };
  const { header, prefix, secret } = credentials.value;
  const sources = secrets.find(({ name }) => name === secret)?.sources ?? [];
  if (!sources.some(({ kind }) => kind === 'secretsManager'))
    return {
      reason: `CloudFormation reads the secret "${secret}" from AWS Secrets Manager only`,
      instead: `Name it in secrets.${secret}.secretsManager.`,
      at,
    };
  if (!/^[A-Za-z0-9._$-]+$/.test(header))
    return { reason: `no mapping can name the header "${header}"`, instead: 'Choose another name.', at };
  return /'/.test(prefix ?? '')
    ? { reason: 'a static value of a mapping holds no quotation mark', instead: 'Choose another prefix.', at }
    : undefined;
}
