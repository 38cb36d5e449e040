import { readdirSync, readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';
import type { BackendAnswer } from '../support/backend.ts';

/** What must be observed after one request. A value `null` says that the header is absent; `/…/` is a pattern. */
export interface Expectation {
  readonly status?: number | readonly number[];
  /** Slug of the problem body. */
  readonly problem?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly bodyLacks?: readonly string[];
  /** The back end that gets the request, and exactly what target; without it no back end may be contacted. */
  readonly to?: string;
  /** Statuses with which a server may refuse the request instead, as some versions do. */
  readonly orRefused?: readonly number[];
  readonly target?: string;
  readonly operation?: string;
  readonly received?: Readonly<Record<string, string | null>>;
  readonly body?: string;
  /** Fields of the line of the access log; `null` for one that is empty. */
  readonly log?: Readonly<Record<string, string | null>>;
}

export interface Step {
  /** `METHOD target`: the host header and the version are added. */
  readonly send?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  /** The whole request, instead of `send`. */
  readonly raw?: string;
  /** Source address. */
  readonly from?: string;
  /** Name of the client certificate of the connection. */
  readonly certificate?: string;
  /** How often the request is sent before `then`; every answer must be as expected. */
  readonly times?: number;
  readonly answer?: BackendAnswer;
  readonly expect: Expectation;
  readonly then?: Step;
}

export interface Case extends Step {
  /** Ids of BEHAVIOUR.md. */
  readonly rows: readonly string[];
  readonly name: string;
}

/** A case as written; `tokens` and `accepted` stand for one case for each token. */
interface WrittenCase extends Omit<Case, 'expect'> {
  readonly expect?: Expectation;
  readonly tokens?: readonly string[];
  readonly accepted?: readonly string[];
  readonly target?: string;
}

interface Suite {
  readonly file: string;
  readonly cases: readonly Case[];
}

/** The cases of every file of a folder below fixtures/behaviour, in order. */
export function suitesIn(name: string): readonly Suite[] {
  const folder = new URL(`../../fixtures/behaviour/${name}/`, import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const text = readFileSync(new URL(file, folder), 'utf8');
      const written = load(text, { schema: CORE_SCHEMA }) as WrittenCase[];
      return { file, cases: written.flatMap(expand) };
    });
}

/** What must hold for law.openapi.yaml. */
export const suites = suitesIn('cases');

function expand(written: WrittenCase): Case[] {
  const { tokens, accepted, target = '/users/me', expect, ...rest } = written;
  const withToken = (token: string, expectation: Expectation): Case => ({
    ...rest,
    name: `${rest.name} (${token})`,
    send: `GET /v1${target}`,
    headers: [`Authorization: Bearer {${token}}`],
    expect: expectation,
  });
  if (tokens !== undefined) return tokens.map((token) => withToken(token, expect ?? {}));
  if (accepted !== undefined) return accepted.map((token) => withToken(token, { to: 'main', target }));
  return [{ ...rest, expect: expect ?? {} }];
}

/** Fills `{name}` with a token and `{a*9000}` with a repetition, and the ports of the fixture with real ones. */
export function fill(
  text: string,
  tokens: ReadonlyMap<string, string>,
  ports: ReadonlyMap<string, number>,
): string {
  return text
    .replace(/\{(\w+)\*(\d+)\}/g, (_, unit: string, count: string) => unit.repeat(Number(count)))
    .replace(/\{(\w+)\}/g, (whole, name: string) => tokens.get(name) ?? whole)
    .replace(/(?<![0-9])1808[0-9](?![0-9])/g, (port: string) => String(ports.get(port) ?? port));
}

/** The bytes of a step: non-ASCII text of `send` and `headers` is sent as UTF-8. */
export function bytesOf(step: Step, filled: (text: string) => string): Buffer {
  if (step.raw !== undefined) return Buffer.from(filled(step.raw), 'utf8');
  const lines = [`${step.send} HTTP/1.1`, 'Host: localhost:18080', ...(step.headers ?? [])];
  return Buffer.from(filled(`${lines.join('\r\n')}\r\n\r\n${step.body ?? ''}`), 'utf8');
}
