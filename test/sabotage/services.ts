import type { NamedSabotage } from './named-sabotage.ts';
import { edit, inTurn } from './sabotage.ts';

const njs = (name: string): RegExp => new RegExp(`^njs/${name}\\.js$`);

/** Verifiers that ask services and take the wrong thing for an answer. */
export const serviceSabotages: readonly NamedSabotage[] = [
  {
    name: 'active is anything that is true',
    noticedBy: 'active as a text',
    alter: edit(njs('introspection'), "|| typeof found.active !== 'boolean'", ''),
  },
  {
    name: 'opaque tokens never expire',
    noticedBy: 'an active token that has expired',
    alter: edit(njs('introspection'), 'claims.isTimely(found, now)', 'true'),
  },
  {
    name: 'opaque tokens of any audience',
    noticedBy: 'a token for others',
    alter: edit(njs('introspection'), 'claims.audienceHolds(found, authenticator.audiences)', 'true'),
  },
  {
    name: 'every status is an answer',
    noticedBy: 'status 500',
    alter: edit(njs('service'), 'if (reply.status !== 200)', 'if (reply.status === 0)'),
  },
  {
    name: 'answers that say two things',
    noticedBy: 'an answer that says both',
    alter: edit(njs('service'), 'json.readObject(reply.responseBuffer)', 'JSON.parse(reply.responseText)'),
  },
  {
    name: 'an authorization server that fails refuses',
    noticedBy: 'a server that is not there',
    alter: edit(njs('introspection'), "return { kind: 'unavailable' };", "return { kind: 'invalid' };"),
  },
  {
    name: 'the result is anything that is true',
    noticedBy: 'the service answers with true as a text',
    alter: edit(
      njs('external'),
      "typeof answer.result === 'boolean' ? answer.result : undefined",
      '!!answer.result',
    ),
  },
  {
    name: 'a service that does not answer admits',
    noticedBy: 'the service answers with a late answer',
    alter: inTurn(
      edit(
        njs('external'),
        'const result = resultOf(answer);\n  if',
        'const result = answer === undefined ? true : resultOf(answer);\n  if',
      ),
      edit(
        njs('external'),
        "result === true && strict.hasOwn(answer, 'claims')",
        "answer !== undefined && strict.hasOwn(answer, 'claims')",
      ),
    ),
  },
  {
    name: 'a service that fails refuses',
    noticedBy: 'the service answers with status 500',
    alter: edit(njs('external'), "return { kind: 'unavailable' };", "return { kind: 'invalid' };"),
  },
  {
    name: 'claims of any kind',
    noticedBy: 'the service answers with claims that are a list',
    alter: edit(njs('external'), '|| Array.isArray(claims)', ''),
  },
  {
    name: 'a policy whose service fails holds',
    noticedBy: 'a service that does not say yes, error',
    alter: edit(
      njs('external'),
      "result === undefined ? 'unknown' : result",
      'result === undefined ? true : result',
    ),
  },
  {
    name: 'a policy whose service fails is false',
    noticedBy: 'not what a service says otherwise, error',
    alter: edit(
      njs('external'),
      "result === undefined ? 'unknown' : result",
      'result === undefined ? false : result',
    ),
  },
  {
    name: 'services are not told the query',
    noticedBy: 'a service is told what is so',
    alter: edit(
      njs('question'),
      "case 'path':\n    case 'query':",
      "case 'query':\n      return '';\n    case 'path':",
    ),
  },
  {
    name: 'no other way while a service is down',
    noticedBy: 'a key while another service is down',
    alter: edit(njs('decision'), 'isUnavailable = true;', "return { status: 503, reason: 'unavailable' };"),
  },
  {
    name: 'nobody says that a service is down',
    noticedBy: 'a token of a service that is down',
    alter: edit(njs('decision'), "if (isUnavailable) return { status: 503, reason: 'unavailable' };", ''),
  },
  {
    name: 'nobody says when to try again',
    noticedBy: 'a key set that nobody serves',
    alter: edit(/^conf\/problems\.conf$/, /add_header Retry-After \$gw_undecided always;/, ''),
  },
];
