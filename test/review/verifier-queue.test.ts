import { expect, test } from 'vitest';
import { emitted, file, settings } from '../nginx/start-model.ts';
import { authenticator, gateway, operation, required, route, site, sourced } from '../support/model.ts';

/**
 * A worker that is busy takes no connection, its own to the verifier included. Of more than wait in line, the system
 * hears again after a second only, and by then the guard has given up: a short burst would answer 503 to everybody.
 */
test('a burst of requests finds room in the queue of the verifier', () => {
  const closed = operation('GET', { authentication: sourced(required()) });
  const model = gateway({
    authenticators: [authenticator()],
    sites: [site([route('/a', [closed])])],
    targets: settings({}, { verifier: sourced(18_501) }),
  });
  expect(file(emitted(model), 'conf/verifier.conf')).toContain('listen "127.0.0.1:18501" backlog=4096;');
});
