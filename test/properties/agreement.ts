import type { Decision } from '../../src/decide/decision.ts';
import { decide } from '../../src/decide/index.ts';
import { bytesOf, type Step } from '../behaviour/case.ts';
import { connectionOf, type Law } from '../behaviour/law.ts';
import type { Backend } from '../support/backend.ts';
import { exchange, type RawResponse } from '../support/raw-http.ts';
import type { GeneratedRequest } from './generated-requests.ts';

/** How nginx did something else than it should. `open`: it forwarded what must be refused. */
export interface Disagreement {
  readonly open: boolean;
  readonly message: string;
}

/** Operations whose answers depend on time: they are not compared. */
const limited: ReadonlySet<string | undefined> = new Set(['limited', 'limitedTogether']);

/** Sends one request and compares what happened with the decision; undefined when they agree. */
export async function disagreement(request: GeneratedRequest, law: Law): Promise<Disagreement | undefined> {
  const step = stepOf(request);
  const bytes = bytesOf(step, law.filled);
  const connection = connectionOf(step, law);
  const peer = request.from ?? '127.0.0.1';
  const arrival = { ...connection.arrival, port: law.port, peer, bytes };
  const decision = decide(law.gateway.gateway, arrival, { ...law.services, now: Date.now() / 1000 });
  if (limited.has(decision.operation)) return undefined;
  for (const backend of law.backends.values()) {
    backend.forget();
    backend.answerWith(() => ({ status: 299, body: 'from the back end' }));
  }
  const response = await exchange(connection.destination, bytes, { head: request.method === 'HEAD' });
  const received = [...law.backends].flatMap(([name, { requests }]) =>
    requests.map((one) => ({ name, one })),
  );
  return compare(decision, response, received);
}

function stepOf({ method, target, headers, body, certificate, from }: GeneratedRequest): Step {
  const length = body === undefined ? [] : [`Content-Length: ${body.length}`];
  return {
    send: `${method} ${target}`,
    headers: [...headers, ...length],
    body: body ?? '',
    ...(certificate === undefined ? {} : { certificate }),
    ...(from === undefined ? {} : { from }),
    expect: {},
  };
}

type Received = readonly { readonly name: string; readonly one: Backend['requests'][number] }[];

function compare(decision: Decision, response: RawResponse, received: Received): Disagreement | undefined {
  const { forwarded } = decision;
  const refusals = [...(decision.status === undefined ? [] : [decision.status]), ...decision.alsoAllowed];
  const got = `nginx answers ${response.status}; back ends received ${received.map(({ name, one }) => `${name} ${one.target}`).join(', ') || 'nothing'}`;
  const differs = (wanted: string, open = false): Disagreement => ({
    open,
    message: `${decision.operation ?? 'no operation'} (${decision.reason}): ${wanted}; ${got}`,
  });
  const [first, ...others] = received;
  if (forwarded === undefined && first !== undefined)
    return differs(`must be refused with ${refusals.join(' or ')}`, true);
  if (first === undefined) {
    if (!refusals.includes(response.status)) {
      return differs(
        forwarded === undefined ? `must be ${refusals.join(' or ')}` : `must reach ${forwarded.backend}`,
      );
    }
    const exactly = response.status === decision.status && decision.alsoAllowed.length === 0;
    const header = exactly ? wrongHeader(decision.headers, response) : undefined;
    return header === undefined ? undefined : differs(header);
  }
  if (forwarded === undefined) return undefined;
  const { name, one } = first;
  if (others.length > 0 || name !== forwarded.backend) return differs(`must reach ${forwarded.backend} once`);
  if (response.status !== 299) return differs('the answer must be that of the back end');
  if (one.method !== forwarded.method || one.target !== forwarded.target) {
    return differs(`must be forwarded as ${forwarded.method} ${forwarded.target}`);
  }
  const wrong =
    forwarded.headers.find(([header, value]) => one.values(header).join('\n') !== value)?.join(': ') ??
    forwarded.absent.find((header) => one.values(header).length > 0);
  return wrong === undefined
    ? undefined
    : differs(`the back end must get, or not get, ${wrong}: ${JSON.stringify(one.headers)}`);
}

function wrongHeader(headers: Decision['headers'], response: RawResponse): string | undefined {
  for (const [name, value] of headers) {
    const values = response.headers.filter(([one]) => one.toLowerCase() === name.toLowerCase());
    if (values.length !== 1 || values[0]?.[1] !== value) {
      return `the answer must have ${name}: ${value}, not ${JSON.stringify(values)}`;
    }
  }
  return undefined;
}
