import { expect, test } from 'vitest';
import { decide } from '../../src/decide/index.ts';
import { bytesOf, type Case, suites, suitesIn } from '../behaviour/case.ts';
import { startIdentityLaw } from '../behaviour/identities.ts';
import { connectionOf, type Law, runOnNginx, startLaw } from '../behaviour/law.ts';
import { edit } from './sabotage.ts';

const unguarded = { alter: edit(/^conf\/operations-/, /auth_request [^;]*;/, '') };

test.each([
  ['law', startLaw, suites],
  ['identities', startIdentityLaw, suitesIn('identity-cases')],
])('%s: each guarded operation has a case that notices that nobody asks its guard', async (_, start, all) => {
  const law = await start(unguarded);
  try {
    const noticed = new Set<string>();
    for (const one of all.flatMap(({ cases }) => cases)) {
      const operation = operationOf(one, law);
      if (operation === undefined || noticed.has(operation) || one.expect.to !== undefined) continue;
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

function operationOf(one: Case, law: Law): string | undefined {
  const arrival = { ...connectionOf(one, law).arrival, port: law.port, peer: '127.0.0.1' };
  const { gateway, filled, now, services } = law;
  return decide(gateway.gateway, { ...arrival, bytes: bytesOf(one, filled) }, { ...services, now }).operation;
}
