import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type SecureContextOptions, TLSSocket } from 'node:tls';
import { framingOf, type HeaderList, headerValues, readBody, readHead } from './http-message.ts';

/** One request exactly as it arrived. */
interface ReceivedRequest {
  readonly method: string;
  /** The request target, byte for byte. */
  readonly target: string;
  readonly version: string;
  readonly headers: HeaderList;
  readonly body: Buffer;
  /** Every byte of the request. */
  readonly bytes: Buffer;
  /** Counts connections from 0: requests with equal numbers shared one. */
  readonly connection: number;
  /** Every value of one header, whatever its case. */
  readonly values: (name: string) => readonly string[];
  /** SHA-256 fingerprint and common name of the client certificate, over TLS when one was shown. */
  readonly clientCertificate: { readonly fingerprint: string; readonly commonName: string } | undefined;
  /** TLS server name indication, over TLS when one was sent. */
  readonly serverName: string | undefined;
}

/** `raw` is sent as it is; `hang` never answers; `reset` closes the connection without an answer. */
export type BackendAnswer =
  | {
      readonly status: number;
      readonly headers?: HeaderList;
      readonly body?: string;
      readonly delay?: number;
    }
  | { readonly raw: string | Uint8Array; readonly close?: boolean }
  | 'hang'
  | 'reset';

export interface BackendOptions {
  readonly answer?: (request: ReceivedRequest) => BackendAnswer;
  /** Present for https. `ca` and `requireClientCertificate` ask for a client certificate. */
  readonly tls?: Pick<SecureContextOptions, 'cert' | 'key' | 'ca' | 'minVersion' | 'maxVersion'> & {
    readonly requireClientCertificate?: boolean;
  };
  /** Default: any free port. */
  readonly port?: number;
}

export interface Backend {
  readonly port: number;
  /** Requests so far, oldest first. */
  readonly requests: readonly ReceivedRequest[];
  /** Changes what the following requests are answered. */
  readonly answerWith: (answer: (request: ReceivedRequest) => BackendAnswer) => void;
  /** Forgets the requests so far. */
  readonly forget: () => void;
  readonly stop: () => Promise<void>;
}

/** Answers 200 with the method, target, headers and body of the request as JSON. */
const echo = (request: ReceivedRequest): BackendAnswer => ({
  status: 200,
  headers: [['Content-Type', 'application/json']],
  body: JSON.stringify({
    method: request.method,
    target: request.target,
    headers: request.headers,
    body: request.body.toString('latin1'),
  }),
});

/** A back end on the loopback address that records exactly what it receives. By default it echoes the request. */
export const startBackend = async (options: BackendOptions = {}): Promise<Backend> => {
  const requests: ReceivedRequest[] = [];
  const sockets = new Set<Socket>();
  let answer = options.answer ?? echo;
  let connections = 0;
  const accept = (socket: Socket): void => {
    const connection = connections++;
    // Head and body are written apart: the second would wait for the client's delayed acknowledgement of the first.
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    receive(socket, connection, (request) => {
      requests.push(request);
      respond(socket, request, answer(request));
    });
  };
  const server = createListener(options, accept);
  const port = await listen(server, options.port ?? 0);
  return {
    port,
    requests,
    answerWith: (next) => {
      answer = next;
    },
    forget: () => void requests.splice(0),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

const createListener = ({ tls }: BackendOptions, accept: (socket: Socket) => void): Server => {
  if (tls === undefined) return createServer(accept);
  const { requireClientCertificate = false, ...context } = tls;
  const server = createTlsServer(
    { ...context, requestCert: tls.ca !== undefined, rejectUnauthorized: requireClientCertificate },
    accept,
  );
  server.on('tlsClientError', () => undefined);
  return server;
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no TCP address'));
      else resolve(address.port);
    });
  });

const receive = (socket: Socket, connection: number, onRequest: (request: ReceivedRequest) => void): void => {
  let pending: Buffer = Buffer.alloc(0);
  let invited = false;
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const head = readHead(pending);
      if (head === undefined) return;
      if (!invited && headerValues(head.headers, 'expect').length > 0)
        socket.write('HTTP/1.1 100 Continue\r\n\r\n');
      invited = true;
      const body = readBody(pending, head.bytes, framingOf(head.headers, { kind: 'none' }), false);
      if (body === undefined) return;
      const bytes = Buffer.from(pending.subarray(0, head.bytes + body.bytes));
      pending = pending.subarray(bytes.length);
      invited = false;
      const [method = '', target = '', version = ''] = head.startLine.split(' ');
      onRequest({
        ...{
          method,
          target,
          version,
          headers: head.headers,
          body: Buffer.from(body.body),
          bytes,
          connection,
        },
        values: (name) => headerValues(head.headers, name),
        clientCertificate: certificateOf(socket),
        serverName: serverNameOf(socket),
      });
    }
  });
};

const certificateOf = (socket: Socket): ReceivedRequest['clientCertificate'] => {
  if (!(socket instanceof TLSSocket)) return undefined;
  const certificate = socket.getPeerCertificate();
  if (certificate.fingerprint256 === undefined) return undefined;
  const commonName = certificate.subject.CN;
  return {
    fingerprint: certificate.fingerprint256,
    commonName: typeof commonName === 'string' ? commonName : (commonName?.[0] ?? ''),
  };
};

const serverNameOf = (socket: Socket): string | undefined => {
  const name =
    socket instanceof TLSSocket ? (socket as TLSSocket & { servername?: unknown }).servername : undefined;
  return typeof name === 'string' ? name : undefined;
};

const respond = (socket: Socket, request: ReceivedRequest, answer: BackendAnswer): void => {
  if (answer === 'hang') return;
  if (answer === 'reset') return void socket.resetAndDestroy();
  if ('raw' in answer) {
    socket.write(typeof answer.raw === 'string' ? Buffer.from(answer.raw, 'latin1') : answer.raw);
    if (answer.close === true) socket.end();
    return;
  }
  const body = Buffer.from(answer.body ?? '', 'utf8');
  const headers: HeaderList = [...(answer.headers ?? []), ...lengthOf(answer.status, body)];
  const head = [`HTTP/1.1 ${answer.status} Answer`, ...headers.map((pair) => pair.join(': ')), '', ''].join(
    '\r\n',
  );
  const send = (): void => {
    if (socket.destroyed) return;
    socket.write(Buffer.from(head, 'latin1'));
    if (request.method !== 'HEAD') socket.write(body);
  };
  if (answer.delay === undefined) send();
  else setTimeout(send, answer.delay).unref();
};

const lengthOf = (status: number, body: Buffer): HeaderList =>
  status === 204 || status === 304 ? [] : [['Content-Length', String(body.length)]];
