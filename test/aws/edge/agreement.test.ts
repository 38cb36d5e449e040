import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadGateway } from '../../../src/commands/load.ts';
import { decide } from '../../../src/decide/index.ts';
import type { Gateway } from '../../../src/model/gateway.ts';
import { edgeFunctions } from '../../../src/targets/aws/edge/functions.ts';
import { sessionKey, userKeys } from '../../behaviour/tokens.ts';
import { generatedRequests } from '../../properties/generated-requests.ts';
import { arrival } from '../../support/arrival.ts';
import { writeFiles } from '../../support/running-gateway.ts';
import { keySet } from '../../support/tokens.ts';
import { requestEvent } from './event.ts';
import { loadFunction } from './runtime.ts';

const law = await loadLaw();
const handler = loadFunction(edgeFunctions(law).viewerRequest.code);

test('the edge refuses the targets that the law refuses, and no other', () => {
  const names = ['user', 'session'];
  const seen = { refused: 0, passed: 0 };
  fc.assert(
    fc.property(generatedRequests(law, names), ({ method, target, headers }) => {
      fc.pre(!/^https?:|[\r\n]/i.test(target));
      const text = [`${method} ${target} HTTP/1.1`, 'Host: localhost:18080', ...headers, '', ''].join('\r\n');
      const decision = decide(law, arrival(text, { listener: 'http', port: 18080, serverName: undefined }), {
        now: 0,
      });
      fc.pre(decision.problem !== 'bad-request');
      const answer = handler(requestEvent({ method, target, host: 'localhost:18080', headers }));
      const refused = answer.statusCode === 400;
      expect([undefined, 400, 404]).toContain(answer.statusCode);
      if (answer.statusCode === 404) expect([decision.status, ...decision.alsoAllowed]).toContain(404);
      if (decision.reason === 'bad-target') expect(refused).toBe(true);
      else if (refused) expect([decision.status, ...decision.alsoAllowed]).toContain(400);
      seen[refused ? 'refused' : 'passed']++;
    }),
    { numRuns: 8000 },
  );
  expect(seen.refused).toBeGreaterThan(500);
  expect(seen.passed).toBeGreaterThan(500);
});

async function loadLaw(): Promise<Gateway> {
  const folder = mkdtempSync(join(tmpdir(), 'gwc-test-'));
  try {
    writeFiles(folder, [
      {
        path: 'law.openapi.yaml',
        contents: readFileSync(
          new URL('../../../fixtures/behaviour/law.openapi.yaml', import.meta.url),
          'utf8',
        ),
      },
      { path: 'user.jwks.json', contents: JSON.stringify(keySet(Object.values(userKeys))) },
      { path: 'session.jwks.json', contents: JSON.stringify(keySet([sessionKey])) },
    ]);
    const { gateway } = await loadGateway([join(folder, 'law.openapi.yaml')], {
      root: folder,
      format: 'pretty',
    });
    if (gateway === undefined) throw new Error('the document of the law does not build');
    return gateway;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
