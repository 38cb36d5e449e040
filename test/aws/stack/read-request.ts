import type { IncomingMessage } from 'node:http';
import type { HeaderList } from '../../support/http-message.ts';
import type { ClientCertificate, FrontRequest } from './request.ts';

/**
 * A request as the managed front end takes it. Node's HTTP server stands for that front end; where they differ nothing is
 * known. An authority in the request target is left out (assumed).
 */
export async function readRequest(
  message: IncomingMessage,
  clientCertificate: ((sourceIp: string) => ClientCertificate | undefined) | undefined,
): Promise<FrontRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const raw = message.rawHeaders;
  const headers: HeaderList = raw.flatMap((name, at) =>
    at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : [],
  );
  const [, authority, originForm = '/'] = /^https?:\/\/([^/?]*)(.*)$/s.exec(message.url ?? '/') ?? [
    '',
    undefined,
    message.url,
  ];
  const target = authority !== undefined && !originForm.startsWith('/') ? `/${originForm}` : originForm;
  const at = target.indexOf('?');
  const sourceIp = (message.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  return {
    method: message.method ?? '',
    path: at === -1 ? target : target.slice(0, at),
    query: at === -1 ? undefined : target.slice(at + 1),
    host: authority ?? message.headers.host ?? '',
    headers,
    body: Buffer.concat(chunks),
    sourceIp,
    clientCertificate: clientCertificate?.(sourceIp),
  };
}
