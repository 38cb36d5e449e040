import type { Arrival, ClientCertificate, Decision } from '../../src/decide/decision.ts';
import { decide } from '../../src/decide/index.ts';
import { parseHead } from '../../src/decide/parse-head.ts';
import { splitTarget } from '../../src/decide/path-profile.ts';
import type { ApiKind } from '../../src/targets/aws/authorizer/guard-use.ts';
import type { ServedOperation } from '../../src/targets/aws/authorizer/served-operation.ts';
import { httpEvent } from './http-event.ts';
import type { IdentityLaw } from './identity-law.ts';
import { httpOutcomeOf, type Outcome, outcomeOf } from './outcome.ts';
import { type RestRequest, restEvent } from './rest-event.ts';
import type { Handler } from './running-authorizer.ts';

/** One request, and from where and with what certificate it comes. */
export interface Sent {
  readonly bytes: Buffer;
  readonly peer: string;
  readonly certificate: ClientCertificate | undefined;
}

export interface Compared {
  readonly handler: Handler;
  readonly api: ApiKind;
  readonly served: readonly ServedOperation[];
}

/** What must happen, and what does. Undefined for a request that does not reach the authorizer. */
export async function compare(
  sent: Sent,
  law: IdentityLaw,
  { api, handler, served }: Compared,
): Promise<{ readonly decision: Decision; readonly expected: object; readonly found: Outcome } | undefined> {
  const arrival: Arrival = {
    listener: 'https',
    port: law.port,
    serverName: 'localhost',
    certificate: sent.certificate,
    peer: sent.peer,
    bytes: sent.bytes,
  };
  const decision = decide(law.gateway, arrival, { ...law.services, now: Date.now() / 1000 });
  const place = served.find(({ operation }) => operation.id === decision.operation);
  const request = place && eventRequest(sent, place.resourcePath);
  if (request === undefined || isDecidedInFront(decision)) return undefined;
  const found =
    api === 'rest'
      ? await outcomeOf(handler, restEvent(request))
      : await httpOutcomeOf(handler, httpEvent(request));
  return { decision, expected: expectedOf(decision, law.gateway.ownedHeaders), found };
}

/** Certificates that an operation requires are the listener's matter, and so are requests that are no HTTP. */
function isDecidedInFront({ reason }: Decision): boolean {
  return ['bad-target', 'client-certificate', 'bad-request', 'request-timeout'].includes(reason);
}

function eventRequest({ bytes, certificate, peer }: Sent, resourcePath: string): RestRequest | undefined {
  const head = parseHead(bytes);
  if (!head.ok) return undefined;
  const { fields, method, target } = head.value;
  const { path, query } = splitTarget(target);
  return {
    method,
    resourcePath,
    path,
    query: query ?? '',
    headers: fields.map(({ name, value }) => `${name}:${value}`),
    sourceIp: peer,
    ...(certificate === undefined ? {} : { certificate: certificate.pem }),
  };
}

function expectedOf(decision: Decision, ownedHeaders: readonly string[]): object {
  const { forwarded, headers, reason, status } = decision;
  if (forwarded !== undefined) {
    const received = new Map(forwarded.headers.map(([name, value]) => [name.toLowerCase(), value]));
    const texts = ownedHeaders.map((name, index) => [`h${index}`, received.get(name.toLowerCase()) || '-']);
    const { consumer = '', subject = '' } = decision;
    return {
      kind: 'allow',
      context: { reason, consumer, subject: logged(subject), ...Object.fromEntries(texts) },
    };
  }
  const [, challenge = ''] = headers.find(([name]) => name === 'WWW-Authenticate') ?? [];
  if (status === 403) return { kind: 'deny', context: { reason, challenge } };
  return { kind: status === 503 ? 'failure' : 'unauthorized' };
}

/** What could end a text in a line of the access log, which API Gateway does not escape. */
function logged(subject: string): string {
  return subject.replace(/["\\]/g, encodeURIComponent);
}
