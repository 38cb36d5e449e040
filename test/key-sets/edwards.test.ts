import { expect, test } from 'vitest';
import { verificationKey } from '../support/model.ts';
import { signingKey } from '../support/tokens.ts';
import { artifactsOf } from './fixture.ts';

const issuer = 'https://id.test/';
const keys = { kind: 'pinned', keys: [verificationKey(signingKey('EdDSA', 'ed'))] } as const;

test('EdDSA, which no njs module of nginx verifies, is refused by the build (J21)', () => {
  expect(() => artifactsOf({ issuers: [{ issuer, keys }], algorithms: ['EdDSA'] })).toThrow(
    /authentication .*the njs of nginx 1\.[0-9]+ does not verify EdDSA/,
  );
});
