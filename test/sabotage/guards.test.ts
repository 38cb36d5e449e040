import { expect, test } from 'vitest';
import { decide } from '../../src/decide/index.ts';
import { bytesOf, type Case, suites } from '../behaviour/case.ts';
import { type Law, runOnNginx, startLaw } from '../behaviour/law.ts';
import { edit } from './sabotage.ts';

test('each guarded operation has a case that notices that nobody asks its guard', async () => {
  const law = await startLaw({ alter: edit(/^conf\/operations-/, /auth_request [^;]*;/, '') });
  try {
    const noticed = new Set<string>();
    for (const one of suites.flatMap(({ cases }) => cases)) {
      const operation = operationOf(one, law);
      if (operation === undefined || one.expect.to !== undefined) continue;
      const holds = await runOnNginx(one, law).then(
        () => true,
        () => false,
      );
      if (!holds) noticed.add(operation);
    }
    expect(guarded(law).filter((id) => !noticed.has(id))).toEqual([]);
  } finally {
    await law.stop();
  }
});

function guarded({ gateway }: Law): readonly string[] {
  return gateway.gateway.sites
    .flatMap(({ routes }) => routes.flatMap(({ operations }) => operations))
    .filter(({ features }) => features.authentication.value.kind !== 'public')
    .map(({ id }) => id);
}

function operationOf(one: Case, { gateway, port, filled, now }: Law): string | undefined {
  const arrival = { listener: 'http', port, serverName: undefined, peer: '127.0.0.1' } as const;
  return decide(gateway.gateway, { ...arrival, bytes: bytesOf(one, filled) }, { now }).operation;
}
