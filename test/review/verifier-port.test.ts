import { expect, test } from 'vitest';
import { emitted, settings } from '../nginx/start-model.ts';
import { authenticator, gateway, host, operation, required, route, site, sourced } from '../support/model.ts';

/** Served at a host and a port, with the verifier at another port. */
const served = (name: string, port: number, verifier: number) =>
  gateway({
    authenticators: [authenticator()],
    sites: [
      site(
        [route('/a', [operation('GET', { authentication: sourced(required()) })])],
        [host(name, 'http', port)],
      ),
    ],
    targets: settings({}, { verifier: sourced(verifier) }),
  });

test.each(['localhost', '127.0.0.1', 'a.test'])('%s is not served where the verifier listens', (name) => {
  expect(() => emitted(served(name, 18_500, 18_500))).toThrow('would share the port 18500');
  expect(() => emitted(served(name, 18_500, 18_501))).not.toThrow();
});

test('internal operations are not either', () => {
  const model = served('a.test', 18_500, 18_501);
  const { nginx } = settings(
    {},
    { verifier: sourced(18_501), internal: sourced({ address: '127.0.0.1', port: 18_501 }) },
  );
  const internal = operation('GET', {
    authentication: sourced(required()),
    exposure: sourced('internal'),
  });
  const sites = [site([route('/a', [internal])], [host('a.test', 'http', 18_500)])];
  expect(() => emitted({ ...model, sites, targets: { ...model.targets, nginx } })).toThrow(
    'would share the port 18501',
  );
});
