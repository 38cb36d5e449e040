import type { BackendAnswer } from './backend.ts';
import { json, type Question, type Stub } from './stub-service.ts';

/**
 * A service that decides: about tokens at `/base/check`, about requests at `/base/rule`. A rule goes by the last segment
 * of the path that it is told.
 */
export const judge: Stub = ({ body, method, target }) => {
  if (method !== 'POST') return { status: 405 };
  const input = inputOf(body);
  if (target === '/base/check')
    return checkAnswers(String(input['scheme']))[String(input['credential'])] ?? json({ result: false });
  if (target !== '/base/rule') return { status: 404 };
  const last = String(input['path']).split('/').at(-1) ?? '';
  return last === 'known' ? knows(input) : (ruleAnswers[last] ?? json({ result: false }));
};

/** The question about a credential, as the gateway asks it. */
export function checkQuestion(scheme: string, credential: string): Question {
  return {
    target: '/base/check',
    method: 'POST',
    body: JSON.stringify({ input: { scheme, credential } }),
    authorization: undefined,
  };
}

/** The question of a policy. */
export function ruleQuestion(question: unknown): Question {
  return { target: '/base/rule', method: 'POST', body: JSON.stringify(question), authorization: undefined };
}

function inputOf(body: string): Readonly<Record<string, unknown>> {
  return JSON.parse(body).input;
}

/** True for exactly what acme's partner may ask: every fact must have arrived as it is. */
function knows({ claims, consumer, ip, method, query }: Readonly<Record<string, unknown>>): BackendAnswer {
  const told = JSON.stringify([method, query, claims, consumer, ip]);
  const wanted = JSON.stringify([
    'GET',
    'a=%20b&a=c',
    null,
    { id: 'acme', groups: ['partners', 'gold'] },
    '127.0.0.1',
  ]);
  return json({ result: told === wanted });
}

const checkAnswers = (scheme: string): Readonly<Record<string, BackendAnswer>> => ({
  'judged-alice': json({ result: true, claims: { sub: 'alice', scope: 'orders:read' } }),
  'judged-scheme': json({ result: scheme === 'judged' }),
  'judged-plain': json({ result: true }),
  'judged-no': json({ result: false, claims: { sub: 'alice' } }),
  'judged-text': json({ result: 'true' }),
  'judged-one': json({ result: 1 }),
  'judged-empty': json({}),
  'judged-claims-list': json({ result: true, claims: ['alice'] }),
  'judged-claims-null': json({ result: true, claims: null }),
  'judged-twice': json('{"result":false,"result":true}'),
  'judged-html': { status: 200, body: 'true' },
  'judged-forbidden': json({ result: true }, 403),
  'judged-created': json({ result: true }, 201),
  'judged-error': json({ result: true }, 500),
  'judged-slow': { status: 200, body: '{"result":true}', delay: 3000 },
  'judged-reset': 'reset',
});

const ruleAnswers: Readonly<Record<string, BackendAnswer>> = {
  yes: json({ result: true }),
  no: json({ result: false }),
  text: json({ result: 'true' }),
  one: json({ result: 1 }),
  nothing: json({}),
  list: json([true]),
  bare: json(true),
  forbidden: json({ result: true }, 403),
  error: json({ result: true }, 500),
  slow: { status: 200, body: '{"result":true}', delay: 3000 },
  reset: 'reset',
};

/** Every token that the service has something to say about. */
export const judgedTokens: readonly string[] = Object.keys(checkAnswers(''));
