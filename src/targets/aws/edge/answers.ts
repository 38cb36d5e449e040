import type { Authenticator, Login } from '../../../model/authentication.ts';
import type { Gateway, Host, Operation, Route, Site } from '../../../model/gateway.ts';
import { challengesOf } from './challenge.ts';
import { methodsOf } from './deciding-templates.ts';

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

/** Answers by site: the usual one, and the operations that have another, by method and resource. */
export interface Answers {
  readonly answers: readonly Answer[];
  readonly sites: readonly {
    readonly origin: string;
    readonly usual: number;
    readonly operations: Readonly<Record<string, number>>;
  }[];
}

/** `resourcePath`: what `context.resourcePath` says for a route. */
export function answersOf(gateway: Gateway, resourcePath: (route: Route) => string): Answers {
  const known = new Map<string, number>();
  const sites = gateway.sites.map((site) => {
    const operations = site.routes.flatMap((route) =>
      route.operations.flatMap((operation) => {
        const answer = answerOf(gateway, operation);
        if (answer === undefined) return [];
        const text = JSON.stringify(answer);
        const number = known.get(text) ?? known.size;
        known.set(text, number);
        return methodsOf(route, operation).map(
          (method) => [`${method} ${resourcePath(route)}`, number] as const,
        );
      }),
    );
    const usual = mostFrequent(operations.map(([, number]) => number));
    const others = operations.filter(([, number]) => number !== usual);
    return { origin: originOf(site), usual, operations: Object.fromEntries(others) };
  });
  return { answers: [...known.keys()].map((text) => JSON.parse(text) as Answer), sites };
}

function answerOf(gateway: Gateway, { features }: Operation): Answer | undefined {
  const asked = features.authentication.value;
  if (asked.kind === 'public') return undefined;
  const names = asked.anyOf.flat().map(({ authenticator }) => authenticator);
  const used = names.flatMap((name) => gateway.authenticators.filter((one) => one.name === name));
  const listed = gateway.authenticators.filter(({ name }) => names.includes(name));
  const challenges = challengesOf(
    gateway.name,
    used.map(({ kind }) => kind),
  );
  const trigger = features.login?.value ?? 'never';
  const login = trigger === 'never' ? undefined : used.find((one) => one.login !== undefined)?.login?.value;
  return {
    challenge: challenges.map(({ text }) => text).join(', '),
    invalidToken: challenges
      .map(({ text, ofToken }) => (ofToken ? `${text}, error="invalid_token"` : text))
      .join(', '),
    credentials: listed.filter(({ kind }) => kind !== 'certificate').map(credentialsOf),
    ...(login === undefined ? {} : { login: loginPage(login, trigger === 'always') }),
    parameters: [
      ...new Set(
        listed.flatMap(({ from }) =>
          from.value.flatMap(({ kind, name }) => (kind === 'query' ? [name] : [])),
        ),
      ),
    ],
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

function mostFrequent(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  const [first] = [...counts].sort(([a, many], [b, more]) => more - many || a - b);
  return first?.[0] ?? 0;
}

/** The constant origin that people return to (BEHAVIOUR.md R3): of the site's first host. */
function originOf({ hosts: [first] }: Site): string {
  return first === undefined ? '' : `${first.scheme}://${authorityOf(first)}`;
}

function authorityOf({ name, port, scheme }: Host): string {
  return port === (scheme === 'https' ? 443 : 80) ? name : `${name}:${port}`;
}
