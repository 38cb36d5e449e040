import { describe, expect, it } from 'vitest';
import { bearer, bound, openId, tokens } from './identity-sample.ts';
import { type Change, read } from './sample.ts';

const at = (openIdConnectUrl: string): Change => ({ type: 'openIdConnect', openIdConnectUrl });
const below = (issuer: string): Change => at(`${issuer}/.well-known/openid-configuration`);

describe('an issuer and the openIdConnectUrl of its scheme', () => {
  it.each<[string, unknown, Change]>([
    ['the URL below the issuer', openId, { issuer: 'https://id.test' }],
    ['a final slash of the issuer', openId, { issuer: 'https://id.test/' }],
    ['another spelling of the host', openId, { issuer: 'HTTPS://ID.test:443/' }],
    ['an issuer with a path', below('https://id.test/realm'), { issuer: 'https://id.test/realm/' }],
    ['one of several issuers', openId, issuers('https://other.test/', 'https://id.test')],
    [
      'a URL with another ending',
      at('https://id.test/.well-known/oauth/realm'),
      { issuer: 'https://id.test/realm' },
    ],
    ['a URL that says no host', at('/.well-known/openid-configuration'), { issuer: 'https://id.test/' }],
    ['a scheme without a URL', bearer, { issuer: 'https://id.test/' }],
    ['no issuer of its own', openId, { issuer: undefined }],
  ])('agree without a word: %s', async (_, scheme, fields) => {
    const { errors, warnings, text } = await read(bound(scheme, tokens(fields)));
    expect([errors, warnings], text).toEqual([[], []]);
  });

  it.each<[string, unknown, Change]>([
    ['another host', openId, { issuer: 'https://di.test/' }],
    ['another port', openId, { issuer: 'https://id.test:8443/' }],
    ['another realm', below('https://id.test/one'), { issuer: 'https://id.test/two' }],
    ['only the beginning', below('https://id.test/realm'), { issuer: 'https://id.test' }],
    ['none of several issuers', openId, issuers('https://a.test', 'https://b.test')],
    ['another host with another ending', at('https://id.test/metadata'), { issuer: 'https://di.test/' }],
  ])('are warned of when they disagree: %s', async (_, scheme, fields) => {
    const { errors, warnings, text } = await read(bound(scheme, tokens(fields)));
    expect([errors, warnings], text).toEqual([[], ['AUT015']]);
  });

  it('are named with both places', async () => {
    const { diagnostics } = await read(bound(openId, tokens({ issuer: 'https://di.test/' })));
    expect(diagnostics.find(({ code }) => code === 'AUT015')).toMatchObject({
      at: { pointer: '/x-gateway/authenticators/caller/issuer' },
      related: [{ at: { pointer: '/components/securitySchemes/caller/openIdConnectUrl' } }],
    });
  });
});

function issuers(...names: readonly string[]): Change {
  return { issuer: undefined, issuers: names.map((issuer) => ({ issuer })) };
}
