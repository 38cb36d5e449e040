import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import {
  type Framing,
  framingOf,
  type HeaderList,
  headerValues,
  readBody,
  readHead,
} from './http-message.ts';

export interface Destination {
  readonly port: number;
  /** Address to connect to; `127.0.0.1` by default. */
  readonly host?: string;
  /** Source address: any of 127.0.0.0/8 stands for another client. */
  readonly from?: string;
  /** Present for TLS: server name, authorities, client certificate. */
  readonly tls?: Pick<
    ConnectionOptions,
    'servername' | 'ca' | 'cert' | 'key' | 'rejectUnauthorized' | 'minVersion' | 'maxVersion'
  >;
}

export interface RawResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: HeaderList;
  readonly body: Buffer;
  /** The only value of a header; `undefined` when it is absent. Throws when there are several. */
  readonly header: (name: string) => string | undefined;
  /** The body as UTF-8. */
  readonly text: string;
}

export interface Connection {
  readonly send: (bytes: string | Uint8Array) => void;
  /**
   * The next response. `head`: it answers a HEAD request, so it has no body. Rejects when the connection ends first,
   * when what comes is no HTTP/1.1 response, or after ten seconds. Interim 1xx responses are skipped.
   */
  readonly response: (options?: { readonly head?: boolean }) => Promise<RawResponse>;
  /** Resolves when the peer has closed, with the bytes that no response took. */
  readonly closed: Promise<Buffer>;
  readonly close: () => void;
}

const responseDeadline = 10_000;

/** Opens a connection on which bytes are sent exactly as given. Strings are sent as Latin-1. */
export const openConnection = async (destination: Destination): Promise<Connection> => {
  const socket = await connected(destination);
  let received: Buffer = Buffer.alloc(0);
  let ended = false;
  let failed: Error | undefined;
  let wake = (): void => undefined;
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    wake();
  });
  const closed = new Promise<Buffer>((resolve) => {
    const finish = (): void => {
      ended = true;
      wake();
      resolve(received);
    };
    socket.once('end', finish).once('close', finish);
    socket.on('error', (error) => {
      failed = error;
    });
  });
  const response = async (options?: { readonly head?: boolean }): Promise<RawResponse> => {
    const deadline = Date.now() + responseDeadline;
    for (;;) {
      const read = readResponse(received, options?.head === true, ended);
      if (read !== undefined) {
        received = received.subarray(read.bytes);
        if (read.response.status >= 200) return read.response;
        continue;
      }
      const rest = JSON.stringify(received.toString('latin1'));
      if (ended) throw new Error(`the connection ended (${failed?.message ?? 'closed'}) after ${rest}`);
      if (Date.now() >= deadline) throw new Error(`no complete response after ${rest}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(1, deadline - Date.now()));
        wake = (): void => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const send = (bytes: string | Uint8Array): void => {
    if (typeof bytes === 'string') socket.write(bytes, 'latin1');
    else socket.write(bytes);
  };
  return { send, response, closed, close: () => socket.destroy() };
};

/** Sends bytes on a connection of their own and reads one response. */
export const exchange = async (
  destination: Destination,
  bytes: string | Uint8Array,
  options?: { readonly head?: boolean },
): Promise<RawResponse> => {
  const connection = await openConnection(destination);
  try {
    connection.send(bytes);
    return await connection.response(options);
  } finally {
    connection.close();
  }
};

/** The bytes of one request: start line and headers as given, nothing added but the line ends. */
export const requestBytes = (
  startLine: string,
  headers: HeaderList = [],
  body: string | Uint8Array = '',
): Buffer => {
  const head = [startLine, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
  return Buffer.concat([
    Buffer.from(head, 'latin1'),
    typeof body === 'string' ? Buffer.from(body, 'utf8') : body,
  ]);
};

const connected = ({ port, host = '127.0.0.1', from, tls }: Destination): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const address = { port, host, ...(from === undefined ? {} : { localAddress: from }) };
    const socket =
      tls === undefined ? connect(address) : connectTls({ ...address, ...tls, ALPNProtocols: ['http/1.1'] });
    socket.setNoDelay(true);
    socket.once(tls === undefined ? 'connect' : 'secureConnect', () => {
      socket.removeListener('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
  });

const readResponse = (
  buffer: Buffer,
  head: boolean,
  ended: boolean,
): { readonly response: RawResponse; readonly bytes: number } | undefined => {
  const message = readHead(buffer);
  if (message === undefined) return undefined;
  const line = /^HTTP\/1\.[01] ([0-9]{3})(?: (.*))?$/.exec(message.startLine);
  if (line === null) throw new Error(`no HTTP/1 response: ${JSON.stringify(message.startLine)}`);
  const status = Number(line[1]);
  const body = readBody(buffer, message.bytes, responseFraming(status, head, message.headers), ended);
  if (body === undefined) return undefined;
  const response: RawResponse = {
    status,
    reason: line[2] ?? '',
    headers: message.headers,
    body: Buffer.from(body.body),
    header: (name) => only(headerValues(message.headers, name), name),
    text: body.body.toString('utf8'),
  };
  return { response, bytes: message.bytes + body.bytes };
};

const responseFraming = (status: number, head: boolean, headers: HeaderList): Framing =>
  head || status < 200 || status === 204 || status === 304
    ? { kind: 'none' }
    : framingOf(headers, { kind: 'close' });

const only = (values: readonly string[], name: string): string | undefined => {
  if (values.length > 1) throw new Error(`${values.length} headers ${name}: ${values.join(' | ')}`);
  return values[0];
};
