import type { Json } from '../template/cloudformation.ts';

/** Bodies of what AWS WAF answers itself (RFC 9457), as other parts of the gateway answer. */
export const problemBodies = {
  'bad-request-target': problem('bad-request-target', 'Bad Request', 400),
  'bad-request': problem('bad-request', 'Bad Request', 400),
  'body-too-large': problem('body-too-large', 'Content Too Large', 413),
  'too-many-requests': problem('too-many-requests', 'Too Many Requests', 429),
} as const;

function problem(slug: string, title: string, status: number): Json {
  return {
    ContentType: 'APPLICATION_JSON',
    Content: JSON.stringify({ type: `urn:gwc:${slug}`, title, status }),
  };
}
