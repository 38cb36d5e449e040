import { expect, test } from 'vitest';
import type { Authenticator } from '../../src/model/authentication.ts';
import type { Gateway } from '../../src/model/gateway.ts';
import { host, sourced } from '../support/model.ts';
import { identityModel } from './identity-model.ts';
import { emitted } from './start-model.ts';

const model = identityModel({ front: 8443, main: 8001, issuer: 8002, oracle: 8003, verifier: 8004 });
const withSites = (hosts: Gateway['sites'][number]['hosts']): Partial<Gateway> => ({
  sites: model.sites.map((site) => ({ ...site, hosts })),
});
const withAuthenticator = (change: (one: Authenticator) => Authenticator): Partial<Gateway> => ({
  authenticators: model.authenticators.map(change),
});

test.each<readonly [string, Partial<Gateway>, string]>([
  [
    'a users file that is no secret',
    { secrets: model.secrets.filter(({ name }) => name !== 'users') },
    'there is no secret "users"',
  ],
  [
    'a client secret that is none',
    { secrets: model.secrets.filter(({ name }) => name !== 'client-secret') },
    'there is no secret "client-secret"',
  ],
  [
    'a certificate without TLS',
    withSites([host('localhost', 'http', 8080)]),
    'the operation is served without TLS, where nobody shows a certificate',
  ],
  [
    'a certificate where no listener asks for one',
    { tls: { ...model.tls, clientCertificate: undefined } },
    'no listener asks for client certificates',
  ],
  [
    'a certificate where TLS ends elsewhere',
    { tls: { ...model.tls, termination: sourced('upstream') } },
    'TLS ends before it reaches nginx',
  ],
  [
    'a service behind no back end',
    withAuthenticator((one) => (one.kind === 'external' ? { ...one, backend: sourced('nobody') } : one)),
    'there is no back end "nobody"',
  ],
  [
    'a header that nginx does not see',
    withAuthenticator((one) =>
      one.kind === 'api-key' ? { ...one, from: sourced([{ kind: 'header', name: 'X_Key' }]) } : one,
    ),
    'nginx ignores the header "X_Key"',
  ],
])('%s is refused while building', (_, changes, message) => {
  expect(() => emitted({ ...model, ...changes })).toThrow(message);
});
