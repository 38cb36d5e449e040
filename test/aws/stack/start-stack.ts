import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { headerValues } from '../../support/http-message.ts';
import { accessLogLine } from './access-log.ts';
import { answerRequest, type Surroundings } from './answer-request.ts';
import { authorizerCache } from './authorizer-cache.ts';
import type { Hosts } from './call-backend.ts';
import type { LambdaFunction, LoadedStack } from './deployed.ts';
import { locate } from './domains.ts';
import type { Answer, Exchange } from './exchange.ts';
import { ownHeaders } from './gateway-responses.ts';
import { FunctionFailure, type StartedFunction, startFunction } from './lambda-runtime.ts';
import { loadStack } from './load-stack.ts';
import { readRequest } from './read-request.ts';
import { type Readings, worstReadings } from './readings.ts';
import { type ClientCertificate, type FrontRequest, forwardedHeaders } from './request.ts';
import type { Place } from './resource-names.ts';
import { tokenBuckets } from './token-buckets.ts';

/** Longest request line and headers together, in bytes (API Gateway Developer Guide, "Quotas"). */
const headLimit = 10_240;

export interface StackOptions {
  /** What `gwc build` wrote for the target. */
  readonly folder: string;
  /** Back ends by the `host:port` of their URLs. */
  readonly hosts: Hosts;
  readonly parameters?: Readonly<Record<string, string>>;
  /** What `{{resolve:…}}` in the template yields. */
  readonly secrets?: ReadonlyMap<string, string>;
  /** Unix time in milliseconds; the clock of the machine by default. */
  readonly now?: () => number;
  readonly readings?: Readings;
  /** How functions fetch; without it nothing answers them. */
  readonly fetch?: typeof fetch;
  /** Functions that are not in the template, by ARN. */
  readonly functions?: ReadonlyMap<string, (event: unknown) => unknown>;
  readonly identified?: Surroundings['identified'];
  /** The certificate that a connection from an address is said to have shown. */
  readonly clientCertificate?: (sourceIp: string) => ClientCertificate | undefined;
}

/** A running interpretation of an emitted stack. Its fidelity is "interpreted": no AWS is involved. */
export interface RunningStack {
  readonly port: number;
  readonly stack: LoadedStack;
  /** Lines of access logs so far, oldest first. */
  readonly log: readonly string[];
  /** Events that functions were called with, oldest first. */
  readonly calls: readonly { readonly functionArn: string; readonly event: unknown }[];
  /** What functions printed. */
  readonly printed: readonly string[];
  /** The next call of each function is a cold start. */
  readonly coolDown: () => void;
  readonly stop: () => Promise<void>;
}

/** Where stacks are said to be. */
export const samplePlace: Place = {
  partition: 'aws',
  region: 'eu-west-1',
  account: '123456789012',
  stack: 'sample',
};

/** Serves an emitted stack on the loopback address. */
export async function startStack(options: StackOptions): Promise<RunningStack> {
  const { clientCertificate, fetch = unreachable, functions, hosts, identified, now = Date.now } = options;
  const { folder, parameters = {}, secrets = new Map(), readings = worstReadings } = options;
  const stack = loadStack(folder, { parameters, place: samplePlace, secrets });
  const log: string[] = [];
  const printed: string[] = [];
  const calls: { functionArn: string; event: unknown }[] = [];
  const started = new Map<string, StartedFunction>();
  const start = (code: LambdaFunction): StartedFunction => {
    const known = started.get(code.arn);
    if (known !== undefined) return known;
    const made = startFunction(code, { now, fetch, log: (line) => void printed.push(line) });
    started.set(code.arn, made);
    return made;
  };
  const call = async (functionArn: string, event: unknown): Promise<unknown> => {
    calls.push({ functionArn, event });
    try {
      return await called(functionArn, event);
    } catch (error) {
      printed.push(String((error as Error).stack));
      throw error;
    }
  };
  const called = async (functionArn: string, event: unknown): Promise<unknown> => {
    const code = stack.functions.get(functionArn);
    if (code !== undefined) return start(code).invoke(event);
    const given = functions?.get(functionArn);
    if (given === undefined) throw new FunctionFailure(`no function ${functionArn}`);
    return given(event);
  };
  const around: Surroundings = {
    ...{ call, hosts, readings, stack },
    ...(identified === undefined ? {} : { identified }),
    buckets: tokenBuckets(),
    cache: authorizerCache(),
    callers: (functionArn) => stack.functions.get(functionArn)?.callers ?? ['*'],
    executeApi: `arn:${samplePlace.partition}:execute-api:${samplePlace.region}:${samplePlace.account}`,
    quotas: new Map(),
    rates: new Map(),
  };
  const answer = async (request: FrontRequest): Promise<Answer> => {
    if (headerValues(request.headers, 'host').length > 1 || !request.path.startsWith('/')) return malformed;
    const located = locate(stack, request.host, request.path);
    if (located === 'forbidden') return forbidden;
    const exchange: Exchange = {
      request,
      deployed: located.deployed,
      resourceRequestPath: located.path,
      requestId: randomUUID(),
      now: now(),
      headers: forwardedHeaders(request),
    };
    const answered = await answerRequest(exchange, around);
    const { accessLogFormat } = located.deployed.stage;
    if (accessLogFormat !== undefined) log.push(accessLogLine(accessLogFormat, exchange, answered));
    return { ...answered, headers: withoutDoubles(answered.headers, exchange) };
  };
  const server = createServer({ maxHeaderSize: headLimit }, (message, response) => {
    readRequest(message, clientCertificate)
      .then(answer)
      .then((answered) => respond(message, response, answered))
      .catch((error: unknown) => {
        printed.push(String((error as Error).stack ?? error));
        respond(message, response, { status: 599, headers: [], body: Buffer.from(String(error)) });
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    ...{ calls, log, printed, stack },
    coolDown: () => started.clear(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const unreachable: typeof fetch = async () => {
  throw new TypeError('fetch failed');
};

/** A host said twice, or a target without a slash, is no request (RFC 9112 §3.2); that it is refused is assumed. */
const malformed: Answer = { status: 400, headers: [], body: Buffer.alloc(0) };

/** What answers for a host or a path of a domain that no API has (observed on default endpoints and domains). */
const forbidden: Answer = {
  status: 403,
  headers: [
    ['Content-Type', 'application/json'],
    ['x-amzn-ErrorType', 'ForbiddenException'],
  ],
  body: Buffer.from('{"message":"Forbidden"}'),
};

/** A web ACL's own answers carry the headers of API Gateway too; every other answer has them. */
function withoutDoubles(headers: Answer['headers'], exchange: Exchange): Answer['headers'] {
  return headers.some(([name]) => name.toLowerCase() === 'x-amzn-requestid')
    ? headers
    : [...headers, ...ownHeaders(exchange)];
}

function respond(
  message: IncomingMessage,
  response: ServerResponse,
  { body, headers, status }: Answer,
): void {
  const framed = headers.filter(([name]) => !['content-length', 'connection'].includes(name.toLowerCase()));
  const bodyless = status === 204 || status === 304;
  const length = bodyless ? [] : [['Content-Length', String(body.length)] as const];
  response.sendDate = true;
  response.writeHead(status, [...framed, ...length].flat());
  response.end(message.method === 'HEAD' || bodyless ? undefined : body);
}
