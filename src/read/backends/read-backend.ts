import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { BackendBlock } from '../../extension/index.ts';
import type { HttpUrl } from '../../extension/values/url.ts';
import type { Backend, BackendNode, BackendTls, HttpBackend } from '../../model/backend.ts';
import type { Origin, Sourced } from '../../model/origin.ts';
import { backendUnverified, serverNameMissing } from '../diagnostics.ts';

const defaultConnectTimeout = 5000;

interface PlacedNode {
  readonly url: HttpUrl;
  readonly node: Sourced<BackendNode>;
}

/** A back end with the defaults of LANGUAGE.md §10, or undefined after a report. */
export function readBackend(
  name: string,
  { value: block, at }: Sourced<BackendBlock>,
  report: Report,
): Backend | undefined {
  const nodes = readNodes(block);
  const [first] = nodes;
  if (first === undefined) return undefined;
  const { scheme, path } = first.url;
  const tls = scheme === 'https' ? readTls(name, block, nodes, at, report) : undefined;
  if (scheme === 'https' && tls === undefined) return undefined;
  return {
    kind: 'http',
    name,
    nodes: nodes.map(({ node }) => node),
    scheme,
    basePath: path.replace(/\/$/, ''),
    balance: block.balance?.value ?? 'round-robin',
    host: block.host?.value ?? 'backend',
    tls,
    private: block.private ?? { value: false, at },
    credentials: readCredentials(block),
    connectTimeout: block.timeouts?.value.connect?.value ?? defaultConnectTimeout,
    health: undefined,
    circuitBreaker: undefined,
    at,
  };
}

function readCredentials({ credentials }: BackendBlock): HttpBackend['credentials'] {
  if (credentials === undefined) return undefined;
  const { header, prefix, value } = credentials.value;
  return {
    value: { kind: 'header', header: header.value, prefix: prefix?.value, secret: value.value },
    at: credentials.at,
  };
}

function readNodes(block: BackendBlock): readonly PlacedNode[] {
  const place = (url: Sourced<HttpUrl>, weight: number): PlacedNode => ({
    url: url.value,
    node: { value: { host: url.value.host, port: url.value.port, weight }, at: url.at },
  });
  if (block.url !== undefined) return [place(block.url, 1)];
  return (block.nodes?.value ?? []).map(({ value }) => place(value.url, value.weight?.value ?? 1));
}

function readTls(
  name: string,
  block: BackendBlock,
  nodes: readonly PlacedNode[],
  at: Origin,
  report: Report,
): BackendTls | undefined {
  const stated = block.tls?.value;
  const verify = stated?.verify ?? { value: true, at };
  if (!verify.value) report(diagnostic(backendUnverified, verify.at, { backend: name }));
  const serverName = stated?.serverName ?? nodeName(name, nodes, block.tls?.at ?? at, report);
  if (serverName === undefined) return undefined;
  const certificate = stated?.clientCertificate;
  return {
    verify,
    ca: stated?.ca,
    serverName,
    clientCertificate:
      certificate === undefined
        ? undefined
        : {
            value: { cert: certificate.value.cert.value, key: certificate.value.key.value },
            at: certificate.at,
          },
  };
}

/** The host that all nodes share; an address has no name in SNI (RFC 6066 §3), nor usually in a certificate. */
function nodeName(
  backend: string,
  nodes: readonly PlacedNode[],
  at: Origin,
  report: Report,
): Sourced<string> | undefined {
  const hosts = new Set(nodes.map(({ url }) => url.host));
  const [host = ''] = hosts;
  const isAddress = host.startsWith('[') || /^[0-9.]+$/.test(host);
  if (hosts.size === 1 && !isAddress) return { value: host, at: nodes[0]?.node.at ?? at };
  const why = hosts.size > 1 ? 'its nodes have different hosts' : `its host "${host}" is an address`;
  report(diagnostic(serverNameMissing, at, { backend, why }));
  return undefined;
}
