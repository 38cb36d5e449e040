import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Arrival, Services } from '../../src/decide/decision.ts';
import { decide } from '../../src/decide/index.ts';
import type { Gateway } from '../../src/model/gateway.ts';
import { type Backend, type BackendAnswer, startBackend } from '../support/backend.ts';
import { freePorts } from '../support/ports.ts';
import { type Destination, exchange, type RawResponse } from '../support/raw-http.ts';
import { type Alteration, type RunningGateway, startGateway } from '../support/running-gateway.ts';
import { keySet } from '../support/tokens.ts';
import { checkLog, requestId } from './access-log.ts';
import { bytesOf, type Case, type Expectation, fill, type Step } from './case.ts';
import { namedTokens, sessionKey, userKeys } from './tokens.ts';

/** A document of fixtures/behaviour, built and running with its back ends. */
export interface Law {
  readonly gateway: RunningGateway;
  readonly backends: ReadonlyMap<string, Backend>;
  readonly port: number;
  /** How a step reaches the gateway, where it is not plain HTTP. */
  readonly connection?: (step: Step) => Connection;
  /** What the gateway asks while it decides, for the reference behaviour. */
  readonly services?: Services;
  /** Fills the names of tokens and ports into a text of a case. */
  readonly filled: (text: string) => string;
  readonly now: number;
  readonly stop: () => Promise<void>;
}

/** One connection, as its client opens it and as the reference behaviour is told of it. */
export interface Connection {
  readonly destination: Destination;
  readonly arrival: Pick<Arrival, 'listener' | 'serverName' | 'certificate'>;
}

const document = readFileSync(new URL('../../fixtures/behaviour/law.openapi.yaml', import.meta.url), 'utf8');

/** Starts fixtures/behaviour/law.openapi.yaml; an alteration breaks the model or the artifacts on purpose. */
export async function startLaw(alteration: Alteration = {}): Promise<Law> {
  const now = Math.floor(Date.now() / 1000);
  const main = await startBackend();
  const other = await startBackend();
  const [port = 0, verifier = 0] = await freePorts(2);
  const ports = new Map([
    ['18080', port],
    ['18081', main.port],
    ['18082', other.port],
    ['18083', verifier],
  ]);
  const files = {
    'law.openapi.yaml': fill(document, new Map(), ports),
    'user.jwks.json': JSON.stringify(keySet(Object.values(userKeys))),
    'session.jwks.json': JSON.stringify(keySet([sessionKey])),
  };
  const stopBackends = async (): Promise<void> => {
    await main.stop();
    await other.stop();
  };
  try {
    const gateway = await startGateway(files, [port, verifier], alteration);
    const tokens = namedTokens(now);
    return {
      gateway,
      backends: new Map([
        ['main', main],
        ['other', other],
      ]),
      port,
      filled: (text) => fill(text, tokens, ports),
      now,
      stop: async () => {
        await gateway.stop();
        await stopBackends();
      },
    };
  } catch (error) {
    await stopBackends();
    throw error;
  }
}

type Fill = Law['filled'];

/** The reference behaviour, one request after the other, with buckets of its own. */
export function decideCase(
  one: Case,
  law: Pick<Law, 'port' | 'filled' | 'now' | 'connection' | 'services'> & {
    readonly gateway: { readonly gateway: Gateway };
  },
): void {
  const { gateway, port, filled, now, services } = law;
  const model = gateway.gateway;
  const buckets = new Map<string, { tokens: number; at: number }>();
  for (let step: Step | undefined = one; step !== undefined; step = step.then) {
    for (let time = 0; time < (step.times ?? 1); time++) {
      const decision = decide(
        model,
        {
          ...connectionOf(step, law).arrival,
          port,
          peer: step.from ?? '127.0.0.1',
          bytes: bytesOf(step, filled),
        },
        { ...services, now, buckets },
      );
      const { expect: wanted } = step;
      expect(decision.forwarded?.backend, decision.reason).toBe(wanted.to);
      if (wanted.to === undefined) {
        expect(statuses(wanted)).toEqual(expect.arrayContaining([decision.status]));
        if (wanted.problem !== undefined) expect(decision.problem).toBe(wanted.problem);
        for (const [name, value] of Object.entries(wanted.headers ?? {})) {
          if (name !== 'Content-Type') expectHeader(name, valuesOf(decision.headers, name), value, filled);
        }
      } else {
        expect(decision.alsoAllowed).toEqual(expect.arrayContaining([...(wanted.orRefused ?? [])]));
        expect(decision.forwarded?.target).toBe(filled(wanted.target ?? ''));
        if (wanted.log !== undefined) {
          const { consumer = null, reason, subject = null } = decision;
          const { log } = wanted;
          const said = Object.entries({ consumer, reason, subject }).filter(([name]) =>
            Object.hasOwn(log, name),
          );
          expect(log).toMatchObject(Object.fromEntries(said));
        }
        if (wanted.operation !== undefined) expect(decision.operation).toBe(wanted.operation);
        for (const [name, value] of Object.entries(wanted.received ?? {})) {
          const values = valuesOf(decision.forwarded?.headers ?? [], name);
          if (value === null) expect(values, name).toEqual([]);
          else if (values.length > 0) expectHeader(name, values, value, filled);
        }
      }
    }
  }
}

/** The real nginx with both ends observed. Throws at the first thing that is not as the case says. */
export async function runOnNginx(one: Case, law: Law): Promise<void> {
  const { backends, filled } = law;
  for (let step: Step | undefined = one; step !== undefined; step = step.then) {
    for (let time = 0; time < (step.times ?? 1); time++) {
      for (const backend of backends.values()) backend.forget();
      const answer = step.answer && (JSON.parse(filled(JSON.stringify(step.answer))) as BackendAnswer);
      for (const backend of backends.values()) {
        backend.answerWith(() => answer ?? { status: 200, body: 'from the back end' });
      }
      const bytes = bytesOf(step, filled);
      const head = bytes.subarray(0, 5).toString() === 'HEAD ';
      const response = await exchange(connectionOf(step, law).destination, bytes, { head });
      const refused = step.expect.orRefused?.includes(response.status) === true;
      const wanted = refused ? { status: response.status } : step.expect;
      checkAnswer(response, wanted, head, filled);
      checkBackends(wanted, backends, filled);
      if (wanted.log !== undefined) await checkLog(wanted.log, requestId(response, backends), law.gateway);
    }
  }
}

/** How a step reaches the gateway. */
export function connectionOf(step: Step, { connection, port }: Pick<Law, 'connection' | 'port'>): Connection {
  if (connection !== undefined) return connection(step);
  const from = step.from === undefined ? {} : { from: step.from };
  return { destination: { port, ...from }, arrival: { listener: 'http', serverName: undefined } };
}

/** What a client was answered. */
export function checkAnswer(response: RawResponse, wanted: Expectation, head: boolean, filled: Fill): void {
  const allowed = wanted.to === undefined ? statuses(wanted) : [wanted.status ?? 200];
  expect(allowed, response.text).toContain(response.status);
  for (const [name, value] of Object.entries(wanted.headers ?? {})) {
    expectHeader(name, valuesOf(response.headers, name), value, filled);
  }
  for (const secret of wanted.bodyLacks ?? []) expect(response.text).not.toContain(filled(secret));
  if (wanted.body !== undefined && wanted.status !== undefined) expect(response.text).toBe(wanted.body);
  if (wanted.to === undefined && !head) checkProblem(response, wanted);
}

/** Every answer that the gateway makes itself is an RFC 9457 problem, except redirects. */
function checkProblem(response: RawResponse, wanted: Expectation): void {
  if (response.status === 302 || response.status === 308) return;
  expect(response.header('cache-control')).toBe('no-store');
  expect(response.header('content-type')).toBe('application/problem+json');
  const problem = JSON.parse(response.text);
  expect(Object.keys(problem).sort()).toEqual(['instance', 'status', 'title', 'type']);
  expect(problem.status).toBe(response.status);
  expect(problem.instance).toMatch(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(problem.type).toMatch(/^urn:gwc:[a-z-]+$/);
  if (wanted.problem !== undefined) expect(problem.type).toBe(`urn:gwc:${wanted.problem}`);
}

/** What back ends got. */
export function checkBackends(wanted: Expectation, backends: Law['backends'], filled: Fill): void {
  for (const [name, backend] of backends) {
    if (name !== wanted.to) {
      expect(
        backend.requests.map((request) => request.target),
        `back end ${name}`,
      ).toEqual([]);
      continue;
    }
    expect(backend.requests.map((request) => request.target)).toEqual([filled(wanted.target ?? '')]);
    const [request] = backend.requests;
    for (const [header, value] of Object.entries(wanted.received ?? {})) {
      expectHeader(header, request?.values(header) ?? [], value, filled);
    }
    if (wanted.body !== undefined && wanted.status === undefined)
      expect(request?.body.toString()).toBe(wanted.body);
  }
}

function statuses(wanted: Expectation): readonly number[] {
  return wanted.status === undefined
    ? []
    : typeof wanted.status === 'number'
      ? [wanted.status]
      : wanted.status;
}

function valuesOf(headers: readonly (readonly [string, string])[], name: string): readonly string[] {
  return headers.filter(([one]) => one.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
}

function expectHeader(name: string, values: readonly string[], wanted: string | null, filled: Fill): void {
  if (wanted === null) {
    expect(values, name).toEqual([]);
    return;
  }
  expect(values, name).toHaveLength(1);
  if (wanted.startsWith('/')) expect(values[0], name).toMatch(new RegExp(wanted.slice(1, -1)));
  else expect(values[0], name).toBe(filled(wanted));
}
