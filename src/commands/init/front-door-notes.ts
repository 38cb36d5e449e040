import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { isLoopback } from '../../extension/values/host.ts';
import type { ApiDocument, Server } from '../../openapi/document.ts';
import { serverNotConcrete } from '../../read/server-diagnostics.ts';
import { concreteUrl } from '../../read/servers/concrete-url.ts';
import { comment, commentText } from './yaml-text.ts';

/** Servers that are listed one by one. */
const SHOWN = 12;

/** What `servers` make of the front door, as comments: which hosts, and what keeps a server from being served. */
export function frontDoorNotes(api: ApiDocument): readonly string[] {
  const own = api.paths.flatMap((path) => [
    ...(path.servers ?? []),
    ...path.operations.flatMap(({ servers }) => servers ?? []),
  ]);
  const lines = ['Front door: what clients call. It is what the servers of the document say:'];
  if (api.servers.length === 0) lines.push('  (none)', ...incomplete('The document has no servers'));
  else lines.push(...describeAll(api.servers));
  const texts = new Set(api.servers.map(({ url }) => url));
  const others = own.filter(({ url }) => !texts.has(url));
  if (others.length > 0) lines.push('and for some paths or operations:', ...describeAll(others));
  return comment(...lines);
}

function describeAll(servers: readonly Server[]): readonly string[] {
  const distinct = [...new Map(servers.map((server) => [server.url, server])).values()];
  const lines = distinct.slice(0, SHOWN).flatMap(describe);
  return distinct.length > SHOWN ? [...lines, `  … and ${distinct.length - SHOWN} more`] : lines;
}

function describe(server: Server): readonly string[] {
  const line = `  ${commentText(server.url) || '(empty)'}`;
  const found: Diagnostic[] = [];
  const concrete = concreteUrl(server, undefined, new Map(), (one) => found.push(one));
  if (concrete === undefined) return [line, ...found.flatMap(explain)];
  const { scheme, host } = concrete.url;
  if (scheme === 'https' || isLoopback(host)) return [line];
  return [
    line,
    '    It is plain http. gwc serves https: write an https server, or end TLS in front of the gateway',
    '    (tls: {termination: upstream} and edge: {trustedProxies: […]}).',
  ];
}

function explain({ code, message }: Diagnostic): readonly string[] {
  const problem = commentText(message).replace(/\.$/, '');
  return code === serverNotConcrete.code
    ? incomplete(problem)
    : [`    ${problem}: gwc does not serve it; correct it in the document.`];
}

function incomplete(problem: string): readonly string[] {
  return [`    ${problem}:`, '    build with --server https://api.example.com, or write an absolute server.'];
}
