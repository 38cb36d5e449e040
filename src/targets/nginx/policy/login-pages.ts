import type { Authentication, Authenticator, Login } from '../../../model/authentication.ts';
import type { LoginTrigger, Site } from '../../../model/gateway.ts';
import { originOf } from '../front/fronts.ts';
import {
  anyCase,
  anyOf,
  choice,
  end,
  literal,
  mapRegex,
  noneOf,
  notAhead,
  type RegexNode,
  repeat,
  start,
} from '../token/regex.ts';
import { interpolated, text, variable } from '../token.ts';

/** A login page together with the origin that the visitor returns to. */
export interface LoginPage {
  readonly login: Login;
  readonly origin: string;
}

/** Longer return addresses are left out (BEHAVIOUR.md R3). */
const MAX_RETURN_ADDRESS = 1024;

/** Login pages in use; equal ones are one. */
export function loginPages() {
  const pages = new Map<string, LoginPage>();
  return {
    /** The number of a page, added when it is new. */
    numberOf: (page: LoginPage): number => {
      const key = JSON.stringify([page.login, page.origin]);
      pages.set(key, pages.get(key) ?? page);
      return [...pages.keys()].indexOf(key);
    },
    all: (): readonly LoginPage[] => [...pages.values()],
  };
}

/** The page that an operation sends unauthenticated visitors to; undefined when it sends nobody anywhere. */
export function loginPageOf(
  trigger: LoginTrigger | undefined,
  authentication: Authentication | undefined,
  authenticators: readonly Authenticator[],
  site: Site,
): LoginPage | undefined {
  const [host] = site.hosts;
  if (trigger === undefined || trigger === 'never' || host === undefined) return undefined;
  if (authentication === undefined || authentication.kind === 'public') return undefined;
  const login = authentication.anyOf
    .flat()
    .map((one) => authenticators.find(({ name }) => name === one.authenticator)?.login?.value)
    .find((one) => one !== undefined);
  return login === undefined ? undefined : { login, origin: originOf(host) };
}

/** The addresses of every page, the one with a return address first. */
export function loginPagesView(pages: readonly LoginPage[]) {
  return pages.flatMap(({ login, origin }, number) => {
    const before = [start, literal(`1 ${number} `)];
    const plain = { visitor: mapRegex(...before), address: interpolated(text(login.url)) };
    const room = MAX_RETURN_ADDRESS - origin.length;
    if (login.returnParam === undefined || room < 1) return [plain];
    const separator = login.url.includes('?') ? '&' : '?';
    const returning = `${login.url}${separator}${login.returnParam}=${encodeURIComponent(origin)}`;
    return [
      {
        visitor: mapRegex(...before, repeat(noneOf('\n'), { atMost: room }), end),
        address: interpolated(text(returning), variable('gw_return_target')),
      },
      plain,
    ];
  });
}

const anything: RegexNode = repeat(noneOf('\n'), 'any');
const blank: RegexNode = repeat(anyOf(' \t'), 'anyPossessive');

/** A weight above zero (RFC 9110 §12.4.2). */
const weight: RegexNode = choice(
  [literal('1'), repeat(choice([literal('.'), repeat(literal('0'), { atMost: 3 })]), 'optional')],
  [
    literal('0.'),
    notAhead(repeat(literal('0'), { atMost: 3 }), blank, choice([anyOf(',;')], [end])),
    anyOf(['0', '9']),
    repeat(anyOf(['0', '9']), { atMost: 2 }),
  ],
);

/** The end of a list of media ranges (RFC 9110 §12.5.1) that names text/html with a weight above zero. */
const acceptsHtml: readonly RegexNode[] = [
  repeat(choice([anything, literal(',')]), 'optional'),
  blank,
  ...anyCase('text/html'),
  blank,
  repeat(
    choice([
      literal(';'),
      blank,
      notAhead(anyOf('qQ'), literal('=')),
      repeat(noneOf(',;\n'), 'anyPossessive'),
    ]),
    'anyPossessive',
  ),
  repeat(
    choice([
      literal(';'),
      blank,
      anyOf('qQ'),
      literal('='),
      weight,
      blank,
      repeat(otherParameters(), 'optional'),
    ]),
    'optional',
  ),
  choice([literal(',')], [end]),
];

function otherParameters(): RegexNode {
  return choice([literal(';'), repeat(noneOf(',\n'), 'any')]);
}

const page: readonly RegexNode[] = [start, choice([literal('GET')], [literal('HEAD')]), literal('\n\n\n')];

/**
 * People who go to a page, not programs (BEHAVIOUR.md §2.6), over method, Authorization, X-Requested-With,
 * Sec-Fetch-Mode and Accept, a line each.
 */
export const navigationView = {
  byFetchMode: mapRegex(...page, literal('navigate\n')),
  byAccept: mapRegex(...page, literal('\n'), ...acceptsHtml),
};
