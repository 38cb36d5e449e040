import { type Connection, openConnection, type RawResponse, requestBytes } from '../support/raw-http.ts';
import { clientCertificate } from './credentials.ts';
import type { Request } from './requests.ts';

/** Requests on one connection before another one is opened; nginx closes after a thousand. */
const batch = 400;
const atOnce = 4;

/** What a request was answered. */
export interface Answer {
  readonly request: Request;
  readonly problem: string | undefined;
  /** The identifier that the back end was given. */
  readonly id: string | undefined;
}

/** Sends every request over a few connections that stay open. */
export async function sendRequests(requests: readonly Request[], port: number): Promise<readonly Answer[]> {
  const batches = [...groupsOf(requests).values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / batch) }, (_, index) =>
      group.slice(index * batch, (index + 1) * batch),
    ),
  );
  const answers: Answer[] = [];
  const next = batches.values();
  const work = async (): Promise<void> => {
    for (const one of next) answers.push(...(await sendBatch(one, port)));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return answers;
}

function groupsOf(requests: readonly Request[]): ReadonlyMap<string, readonly Request[]> {
  const groups = new Map<string, Request[]>();
  for (const one of requests) {
    const key = `${one.door.secure} ${one.door.host} ${one.presented.certificate}`;
    const group = groups.get(key) ?? [];
    group.push(one);
    groups.set(key, group);
  }
  return groups;
}

async function sendBatch(requests: readonly Request[], port: number): Promise<readonly Answer[]> {
  const [first] = requests;
  if (first === undefined) return [];
  const { door, presented } = first;
  const client = presented.certificate ? clientCertificate : {};
  const tls = { servername: door.host, rejectUnauthorized: false, ...client };
  const open = (): Promise<Connection> => openConnection({ port, ...(door.secure ? { tls } : {}) });
  let connection = await open();
  const answers: Answer[] = [];
  try {
    for (const request of requests) {
      const headers = [['Host', door.host], ...request.presented.headers, ['Content-Length', '0']] as const;
      connection.send(requestBytes(`${request.method} ${request.target} HTTP/1.1`, headers));
      const response = await connection.response({ head: request.method === 'HEAD' });
      const problem = problemOf(request, response);
      answers.push({ request, problem, id: response.header('x-seen-id') });
      if (response.header('connection') !== 'close') continue;
      connection.close();
      connection = await open();
    }
  } finally {
    connection.close();
  }
  return answers;
}

function problemOf({ method, outcome }: Request, response: RawResponse): string | undefined {
  const seen = response.header('x-seen');
  if (outcome.kind === 'forwarded') {
    const expected = `200 ${method} ${outcome.target}`;
    const found = `${response.status} ${seen ?? response.text}`;
    return found === expected ? undefined : `expected ${expected}\n  found    ${found}`;
  }
  const { expected, found } =
    outcome.kind === 'refused'
      ? {
          expected: `${outcome.status} ${outcome.challenges.join(', ')}`,
          found: `${response.status} ${challengesOf(response).join(', ')}`,
        }
      : {
          expected: `405 allow ${outcome.allow.join(', ')}`,
          found: `${response.status} allow ${response.header('allow')?.split(', ').sort().join(', ')}`,
        };
  const problem = response.header('content-type') === 'application/problem+json' || method === 'HEAD';
  if (seen === undefined && found === expected && problem) return undefined;
  return `expected ${expected}\n  found    ${found} ${seen ?? response.text}`;
}

const challengesOf = ({ headers }: RawResponse): readonly string[] =>
  headers
    .filter(([name]) => name.toLowerCase() === 'www-authenticate')
    .flatMap(([, value]) =>
      [...value.matchAll(/(?:^|, )(\w+) realm="real"/g)].map(([, scheme = '']) => scheme),
    );
