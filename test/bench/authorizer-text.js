// The Lambda authorizer of a small API as it is deployed, with an event for it: bundled by authorizer.js and run in a
// process of its own.
import { writeFileSync } from 'node:fs';
import { inlineAuthorizer } from '../../src/targets/aws/authorizer/authorizer-code.ts';
import { buildAuthorizerData } from '../../src/targets/aws/authorizer/build-authorizer-data.ts';
import { restEvent } from '../aws-authorizer/rest-event.ts';
import { servedOperations } from '../aws-authorizer/served.ts';
import {
  authenticator,
  gateway,
  operation,
  required,
  route,
  site,
  sourced,
  verificationKey,
} from '../support/model.ts';
import { mint, signingKey } from '../support/tokens.ts';

const [, , folder] = process.argv;
const key = signingKey('RS256');
const owner = {
  kind: 'compare',
  left: { kind: 'claim', claim: ['sub'] },
  operator: '==',
  right: { kind: 'path', name: 'id' },
};
const guarded = operation('GET', {
  authentication: sourced(required('user', ['read'])),
  authorization: [sourced(owner)],
});

const api = gateway({
  authenticators: [authenticator('user', { keys: sourced([verificationKey(key)]) })],
  sites: [site([route('/users/{id}', [guarded])])],
});
const served = servedOperations(api);
const options = { api: 'rest', address: { kind: 'peer' }, pathProfile: 'authorizer', served };

const claims = {
  iss: 'https://id.test/',
  aud: 'api',
  sub: 'alice',
  scope: 'read',
  exp: Date.now() / 1000 + 3600,
};
const headers = [`Authorization: Bearer ${mint(claims, { key })}`];
const event = restEvent({ resourcePath: '/users/{v2}', path: '/users/alice', headers });
writeFileSync(`${folder}/index.cjs`, inlineAuthorizer(buildAuthorizerData(api, options).data, 'rest'));
writeFileSync(`${folder}/event.json`, JSON.stringify(event));
