import type { PathCharacter } from '../../../model/path.ts';
import type { AwsPlan } from '../plan.ts';
import { operationScope } from './operation-scope.ts';
import { allowedCharacters, refusedSegments } from './path-profile.ts';
import { alternatives, escapeRegex } from './regex.ts';
import { answer, type Rule } from './rule.ts';
import { all, not, pathMatches, type Statement, someHeaderNameMatches } from './statement.ts';

/** What is refused whatever operation is asked: paths that are not canonical, and names that pass for owned headers. */
export function requestRules(plan: AwsPlan): readonly Rule[] {
  return [
    rule('path-characters', 'bad-request-target', notAllowed(plan)),
    rule('path-segments', 'bad-request-target', pathMatches(refusedSegments)),
    ...lookalikes(plan.gateway.ownedHeaders),
  ];
}

/** Operations with characters of their own are judged by a profile that has them. */
function notAllowed(plan: AwsPlan): Statement {
  const relaxed = new Map<string, readonly PathCharacter[]>();
  for (const { features } of plan.apis.flatMap(({ operations }) => operations.map((one) => one.operation))) {
    const characters = [...(features.pathCharacters?.value.characters ?? [])].sort();
    if (characters.length > 0) relaxed.set(characters.join(' '), characters);
  }
  const excused = [...relaxed].flatMap(([key, characters]) => {
    const scope = operationScope(
      plan,
      ({ features }) => [...(features.pathCharacters?.value.characters ?? [])].sort().join(' ') === key,
    );
    const profile = pathMatches(allowedCharacters(characters));
    return [not(scope === undefined || scope === 'everything' ? profile : all([scope, profile]))];
  });
  return all([not(pathMatches(allowedCharacters())), ...excused]);
}

/**
 * `x_user_id` is another name than `X-User-Id` to a gateway, and the same to back ends behind CGI (BEHAVIOUR.md I2).
 * Each hyphen may be an underscore, and one of them is.
 */
function lookalikes(owned: readonly string[]): readonly Rule[] {
  const patterns = owned.flatMap((header) => {
    const parts = header.toLowerCase().split('-').map(escapeRegex);
    const joined = (from: number, to?: number): string => parts.slice(from, to).join('[-_]');
    return parts.slice(1).map((_, place) => `${joined(0, place + 1)}_${joined(place + 1)}`);
  });
  return alternatives(patterns).map((pattern, index) =>
    rule(`lookalike-headers-${index + 1}`, 'bad-request', someHeaderNameMatches(pattern)),
  );
}

function rule(name: string, body: 'bad-request' | 'bad-request-target', { json, capacity }: Statement): Rule {
  return { name, capacity, action: answer(400, body), statement: json };
}
