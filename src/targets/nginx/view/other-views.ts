import { forwardVariable, hostOf } from '../forward/request-header-lines.ts';
import { listenerName, listenersOf } from '../front/fronts.ts';
import { fieldValue, headerOfField, queryVariable, splitField } from '../front/log-fields.ts';
import type { Plan } from '../plan.ts';
import { inputCookies, inputVariable } from '../policy/verifier-inputs.ts';
import { resolvesAtRunTime } from '../settings.ts';
import { address } from '../token/address.ts';
import { type JsonWithVariables, logFormat } from '../token/json.ts';
import { capture, choice, literal, mapRegex, noneOf, repeat, start } from '../token/regex.ts';
import {
  argument,
  interpolated,
  lineFeed,
  mapKey,
  number,
  parameter,
  text,
  variable,
  variableName,
} from '../token.ts';
import type { Guard } from '../verifier/guard.ts';
import { guardPath } from './operations-view.ts';
import { isAddress } from './request-view.ts';
import { certificateFiles, listenView, upstreamName, upstreamWord } from './server-view.ts';

/** One upstream for each back end, and the Host header of each. */
export function upstreamsView(plan: Plan) {
  const resolves = resolvesAtRunTime(plan.settings);
  const [front] = plan.fronts;
  return {
    upstreams: plan.gateway.backends.map((backend) => ({
      name: upstreamWord(backend),
      leastConnections: backend.balance === 'least-connections',
      ipHash: backend.balance === 'ip-hash',
      shared: resolves || backend.nodes.length > 1,
      zone: parameterless(`${upstreamName(backend)}`),
      servers: backend.nodes.map(({ value }) => ({
        address: address(value.host, value.port),
        weight: parameter('weight', value.weight),
        resolves: resolves && !isAddress(value.host),
      })),
    })),
    hosts: plan.gateway.backends
      .filter(({ host }) => host === 'backend')
      .map((backend) => ({
        upstream: mapKey(upstreamName(backend)),
        host: interpolated(...(front === undefined ? [] : hostOf(backend, front))),
      })),
  };
}

const parameterless = (name: string) => interpolated(text(name));

/** One location for each guard. The same variables go to the verifier and into the key of its cached answer. */
export function guardsView(plan: Plan) {
  const cookies = inputCookies(plan.guards.flatMap(({ inputs }) => inputs));
  return { guards: plan.guards.map((guard) => guardView(guard, cookies)) };
}

function guardView({ id, inputs }: Guard, cookies: readonly string[]) {
  const variables = inputs.map((input) => inputVariable(input, cookies));
  return {
    path: argument(guardPath(id)),
    url: argument(`http://gw_verifier/${id}`),
    inputs: variables.map((piece, index) => ({ number: number(index), value: interpolated(piece) })),
    key: interpolated(text(id), ...variables.flatMap((piece) => [lineFeed, piece])),
  };
}

/** The format of the access log. A redacted field is left out, not masked. */
export function logView(plan: Plan) {
  const { fields, redact } = plan.parts.accessLog;
  const redacted = new Set(redact);
  const shown = fields.value.filter((field) => {
    const header = headerOfField[field];
    return !redacted.has(field) && (header === undefined || !redacted.has(`header.${header}`));
  });
  const queries = shown.flatMap((field) => {
    const [kind, name] = splitField(field);
    return kind === 'query' ? [name] : [];
  });
  const members = shown.flatMap((field): readonly (readonly [string, JsonWithVariables])[] => {
    const value = fieldValue(field, queries);
    return value === undefined ? [] : [[field, value]];
  });
  return {
    format: logFormat({ members }).map((part) => ({ part })),
    queries: queries.map((name, index) => ({
      variable: variableName(queryVariable(index)),
      parameter: mapRegex(
        choice([start], [literal('&')]),
        literal(`${name}=`),
        capture(`gw_q${index}`, repeat(noneOf('&'), 'any')),
      ),
      value: interpolated(variable(`gw_q${index}`)),
    })),
  };
}

/** Where no host of the gateway was asked for: refused, in the handshake where there is one. */
export function defaultsView(plan: Plan) {
  return {
    servers: listenersOf(plan.fronts).map((listener) => {
      const address = plan.fronts.find(
        (front) => listenerName(front.listener) === listenerName(listener) && isAddress(front.host.name),
      );
      const files = address === undefined ? undefined : certificateFiles(plan, address);
      return {
        listener: listenView(listener, plan),
        // An address is never sent as a server name, so a handshake for one cannot be told from others.
        rejects: listener.tls && files === undefined,
        shows: listener.tls && files !== undefined,
        cert: argument(files?.cert ?? ''),
        key: argument(files?.key ?? ''),
      };
    }),
  };
}

/** Names of the variables that carry forwarded claims, in order. */
export function claimVariables(plan: Plan): readonly string[] {
  return plan.gateway.ownedHeaders.map((_, index) => forwardVariable(index));
}
