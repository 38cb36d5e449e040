import type { BackendAnswer } from './backend.ts';
import { json, type Question, type Stub } from './stub-service.ts';

/** Opaque tokens and the answers about them (RFC 7662 §2.2); `now` is Unix time in seconds. */
export function authorizationServer(now: number, client: { id: string; secret: string }): Stub {
  const answers = answersAt(now);
  return (question) => {
    if (question.method !== 'POST' || question.target !== '/introspect') return { status: 404 };
    const authorization = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`;
    if (question.authorization !== authorization) return json({ error: 'invalid_client' }, 401);
    const token = new URLSearchParams(question.body).get('token') ?? '';
    return (Object.hasOwn(answers, token) ? answers[token] : undefined) ?? json({ active: false });
  };
}

/** The question about a token, as the gateway asks it. */
export function introspectionQuestion(token: string, client: { id: string; secret: string }): Question {
  const authorization = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`;
  return {
    target: '/introspect',
    method: 'POST',
    body: new URLSearchParams({ token }).toString(),
    authorization,
  };
}

const answersAt = (now: number): Readonly<Record<string, BackendAnswer>> => ({
  'opaque-alice': json({
    active: true,
    sub: 'alice',
    client_id: 'app',
    scope: 'orders:read',
    aud: 'law',
    exp: now + 3600,
  }),
  'opaque+/=~percent%': json({ active: true, sub: 'odd' }),
  'opaque-admin': json({ active: true, sub: 'root', roles: ['admin'] }),
  'opaque-plain': json({ active: true }),
  'opaque-other-audience': json({ active: true, sub: 'bob', aud: ['other'] }),
  'opaque-expired': json({ active: true, sub: 'bob', exp: now - 1000 }),
  'opaque-exp-text': json({ active: true, sub: 'bob', exp: '9999999999' }),
  'opaque-not-yet': json({ active: true, sub: 'bob', nbf: now + 1000 }),
  'opaque-active-text': json({ active: 'true', sub: 'bob' }),
  'opaque-active-one': json({ active: 1, sub: 'bob' }),
  'opaque-no-active': json({ sub: 'bob' }),
  'opaque-twice': json('{"active":false,"active":true,"sub":"bob"}'),
  'opaque-list': json([{ active: true }]),
  'opaque-html': { status: 200, body: '<html>active</html>' },
  'opaque-created': json({ active: true, sub: 'bob' }, 201),
  'opaque-error': json({ active: true, sub: 'bob' }, 500),
  'opaque-refused': json({ active: true, sub: 'bob' }, 401),
  'opaque-redirect': { status: 302, headers: [['Location', '/introspect']], body: '{"active":true}' },
  'opaque-reset': 'reset',
});

/** Every token that the server has something to say about. */
export const opaqueTokens: readonly string[] = Object.keys(answersAt(0));
