import type { Authenticator, Login } from '../../../model/authentication.ts';
import type { Gateway, Host, Operation, Site } from '../../../model/gateway.ts';
import { challengesOf } from '../body/challenges.ts';
import { loginOf } from '../features/login.ts';
import { methodsOf } from '../methods-of.ts';
import { placementOf } from '../routing/placement.ts';
import { mostFrequent } from './most-frequent.ts';

/** What an unknown caller is told, as the viewer-response function reads it. */
interface Answer {
  readonly challenge: string;
  /** For a caller whose token is invalid (RFC 6750 §3.1). */
  readonly invalidToken: string;
  readonly credentials: readonly Credentials[];
  readonly login?: { readonly url: string; readonly parameter?: string; readonly always?: true };
  /** Names of query parameters that carry credentials: they are not part of a return address. */
  readonly parameters: readonly string[];
}

/** Where an authenticator looks. */
interface Credentials {
  readonly token: boolean;
  readonly places: readonly (readonly [kind: 'scheme' | 'header' | 'cookie' | 'query', name: string])[];
}

/** Answers by site: the usual one, and the operations that have another: `GET /a/{b}`, behind the suffix of the API. */
export interface Answers {
  readonly answers: readonly Answer[];
  readonly sites: readonly {
    readonly origin: string;
    readonly usual: number;
    readonly operations: Readonly<Record<string, number>>;
  }[];
}

export function answersOf(gateway: Gateway): Answers {
  const known = new Map<string, number>();
  const sites = gateway.sites.map((site) => {
    const operations = operationsOf(site, gateway).flatMap(({ key, operation }) => {
      const answer = answerOf(gateway, operation);
      if (answer === undefined) return [];
      const text = JSON.stringify(answer);
      const number = known.get(text) ?? known.size;
      known.set(text, number);
      return [[key, number] as const];
    });
    const usual = mostFrequent(
      operations.map(([, number]) => number),
      0,
    );
    const others = operations.filter(([, number]) => number !== usual);
    return { origin: originOf(site), usual, operations: Object.fromEntries(others) };
  });
  return { answers: [...known.keys()].map((text) => JSON.parse(text) as Answer), sites };
}

/** Operations of a site by what API Gateway says of them: method, API and `context.resourcePath`. */
function operationsOf(
  site: Site,
  gateway: Gateway,
): readonly { readonly key: string; readonly operation: Operation }[] {
  const parts = placementOf(gateway).parts.filter((part) => part.site === site);
  return parts.flatMap(({ suffix, routes, tree }) =>
    routes.flatMap((route) =>
      route.operations.flatMap((operation) => {
        const path = tree.placed.get(route)?.resourcePath;
        if (path === undefined) return [];
        return methodsOf(operation, route).map((method) => ({
          key: `${method} ${suffix}${path}`,
          operation,
        }));
      }),
    ),
  );
}

function answerOf(gateway: Gateway, operation: Operation): Answer | undefined {
  const asked = operation.features.authentication.value;
  if (asked.kind === 'public') return undefined;
  const names = asked.anyOf.flat().map(({ authenticator }) => authenticator);
  const listed = gateway.authenticators.filter(({ name }) => names.includes(name));
  const challenges = challengesOf(gateway, [operation]);
  const trigger = operation.features.login?.value ?? 'never';
  const login = trigger === 'never' ? undefined : loginOf(operation, gateway);
  return {
    challenge: challenges.join(', '),
    invalidToken: challenges
      .map((text) => (text.startsWith('Bearer ') ? `${text}, error="invalid_token"` : text))
      .join(', '),
    credentials: listed.filter(({ kind }) => kind !== 'certificate').map(credentialsOf),
    ...(login === undefined ? {} : { login: loginPage(login, trigger === 'always') }),
    parameters: [...new Set(listed.flatMap(queryParameters))],
  };
}

function loginPage({ url, returnParam }: Login, always: boolean): NonNullable<Answer['login']> {
  return {
    url,
    ...(returnParam === undefined ? {} : { parameter: returnParam }),
    ...(always ? { always } : {}),
  };
}

function credentialsOf({ kind, from }: Authenticator): Credentials {
  const scheme = kind === 'basic' ? 'basic' : 'bearer';
  return {
    token: kind === 'jwt' || kind === 'introspection' || kind === 'external',
    places: from.value.map((place) => {
      if (place.kind !== 'header') return [place.kind, place.name];
      const name = place.name.toLowerCase();
      return name === 'authorization' && kind !== 'api-key' ? ['scheme', scheme] : ['header', name];
    }),
  };
}

function queryParameters({ from }: Authenticator): readonly string[] {
  return from.value.flatMap(({ kind, name }) => (kind === 'query' ? [name] : []));
}

/** The constant origin that people return to (BEHAVIOUR.md R3): of the site's first host. */
function originOf({ hosts: [first] }: Site): string {
  return first === undefined ? '' : `${first.scheme}://${authorityOf(first)}`;
}

function authorityOf({ name, port, scheme }: Host): string {
  return port === (scheme === 'https' ? 443 : 80) ? name : `${name}:${port}`;
}
