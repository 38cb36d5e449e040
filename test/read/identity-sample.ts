import type { Authenticator } from '../../src/model/authentication.ts';
import { type Change, model } from './sample.ts';

export const bearer = { type: 'http', scheme: 'bearer' };
export const keyIn = (place: string, name: string): Change => ({ type: 'apiKey', in: place, name });
export const basic = { type: 'http', scheme: 'basic' };
export const mutual = { type: 'mutualTLS' };
export const discovery = 'https://id.test/.well-known/openid-configuration';
export const openId = { type: 'openIdConnect', openIdConnectUrl: discovery };
export const oauth = {
  type: 'oauth2',
  flows: { clientCredentials: { tokenUrl: 'https://id.test/t', scopes: {} } },
};
export const secrets = { secret: { env: 'S' } };
export const hash = 'c41f7a90e2d85b630b9d2e7f45a1c8367e60d1f2984bac535d3a8c17f0e2b694';
export const consumers = { acme: { keys: [{ sha256: hash }], groups: ['partners'] } };
export const keys = { keys: 'consumers' };
export const users = { users: { secret: 'secret' } };
export const certificate = { certificate: { ca: { secret: 'secret' } } };
export const introspection = {
  introspection: { url: 'https://id.test/introspect', clientId: 'gw', clientSecret: { secret: 'secret' } },
};
export const external = { external: { backend: 'main' } };
export const tokens = (changes: Change): Change => ({
  issuer: 'https://id.test/',
  audiences: ['api'],
  ...changes,
});

/** The sample with one scheme `caller` in place of `user`, and its authenticator. */
export function bound(scheme: unknown, authenticator: unknown, root: Change = {}, more: Change = {}): Change {
  return {
    security: [{ caller: [] }],
    'x-gateway': { authenticators: { user: undefined, caller: authenticator }, ...root },
    components: { securitySchemes: { user: undefined, caller: scheme } },
    ...more,
  };
}
export async function authenticator(...parts: Parameters<typeof bound>): Promise<Authenticator> {
  const [one] = (await model(bound(...parts))).authenticators;
  if (one === undefined) throw new Error('no authenticator');
  return one;
}
