import fc from 'fast-check';
import type { Gateway, Operation } from '../../src/model/gateway.ts';
import type { Step } from '../behaviour/case.ts';
import { generatedHeaders, otherHeader } from './generated-headers.ts';
import { generatedTargets, pathOf, query } from './generated-targets.ts';

/** A request as a case writes it: names of tokens in braces, one text for each header line. */
export type GeneratedRequest = Pick<Step, 'from' | 'certificate'> & {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly string[];
  readonly body: string | undefined;
};

const methods = fc.oneof(
  { weight: 10, arbitrary: fc.constant('GET') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'HEAD',
      'POST',
      'DELETE',
      'OPTIONS',
      'PUT',
      'PATCH',
      'QUERY',
      'COPY',
      'TRACE',
      'GETS',
      'get',
    ),
  },
);

const sources = fc.constantFrom('127.0.0.1', '127.0.0.1', '127.0.0.9', '127.0.0.3');

/** Requests to a gateway by callers of every kind. tokens: names that a case may use. */
export function generatedRequests(
  gateway: Gateway,
  tokens: readonly string[],
): fc.Arbitrary<GeneratedRequest> {
  const wild = fc.record({
    method: methods,
    target: generatedTargets(gateway),
    headers: generatedHeaders(tokens),
    from: sources,
    body: fc.constantFrom(undefined, undefined, undefined, '', 'a', 'a'.repeat(1024), 'a'.repeat(1025)),
  });
  return fc.oneof(wild, orderlyRequests(gateway, tokens)).map((request) => ({
    ...request,
    headers: request.headers.filter(isFirstOrMayRepeat),
  }));
}

/** Headers that browsers send once; README.md says that nginx before 1.23 sees the first line only. */
const once = /^(?:origin|accept|sec-fetch-[a-z]+|x-requested-with|access-control-[a-z-]+):/i;

function isFirstOrMayRepeat(line: string, index: number, lines: readonly string[]): boolean {
  const name = once.exec(line)?.[0];
  return name === undefined || lines.findIndex((other) => once.exec(other)?.[0] === name) === index;
}

/** Calls of guarded operations as their documents say, with credentials where they belong: good, bad or none. */
function orderlyRequests(gateway: Gateway, tokens: readonly string[]): fc.Arbitrary<GeneratedRequest> {
  const calls = gateway.sites.flatMap(({ routes }) =>
    routes.flatMap((route) =>
      route.operations
        .filter(({ features }) => features.authentication.value.kind !== 'public')
        .map((operation) => ({ route, operation })),
    ),
  );
  return fc.constantFrom(...calls).chain(({ route, operation }) =>
    fc
      .record({
        path: pathOf(route),
        query,
        credentials: credentialsOf(gateway, operation, tokens),
        others: fc.array(otherHeader, { maxLength: 2 }),
        from: sources,
      })
      .map(({ path, query: rest, credentials, others, from }) => ({
        method: operation.method,
        target: path + rest,
        headers: [...credentials, ...others],
        from,
        body: operation.method === 'GET' ? undefined : '',
      })),
  );
}

/** Header lines that present a token, or none, in each place where the operation looks. */
function credentialsOf(
  gateway: Gateway,
  { features }: Operation,
  tokens: readonly string[],
): fc.Arbitrary<readonly string[]> {
  const asked = features.authentication.value;
  const names = asked.kind === 'public' ? [] : asked.anyOf.flat().map(({ authenticator }) => authenticator);
  const places = gateway.authenticators
    .filter(({ name }) => names.includes(name))
    .flatMap(({ from }) => from.value);
  const lines = places.map((place) =>
    fc.option(fc.constantFrom(...tokens), { freq: Math.ceil(1 + 4 / places.length) }).map((token) => {
      if (token === null) return [];
      if (place.kind === 'cookie') return [`Cookie: ${place.name}={${token}}`];
      return [`${place.name}: ${place.name === 'Authorization' ? 'Bearer ' : ''}{${token}}`];
    }),
  );
  return fc.tuple(...lines).map((all) => all.flat());
}
