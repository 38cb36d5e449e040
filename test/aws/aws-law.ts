import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Gateway } from '../../src/model/gateway.ts';
import type { Artifact } from '../../src/targets/target.ts';
import { fill } from '../behaviour/case.ts';
import type { Law } from '../behaviour/law.ts';
import { namedTokens, sessionKey, userKeys } from '../behaviour/tokens.ts';
import { startBackend } from '../support/backend.ts';
import { type Alteration, writeFiles } from '../support/running-gateway.ts';
import { keySet } from '../support/tokens.ts';
import { compileForAws } from './compile-for-aws.ts';
import type { Readings } from './stack/readings.ts';
import { samplePlace as place, type RunningStack, startStack } from './stack/start-stack.ts';

/** The law's document as API Gateway needs it said, in an interpreted stack with its back ends. */
export interface AwsLaw extends Pick<Law, 'backends' | 'filled' | 'now' | 'port' | 'stop'> {
  readonly stack: RunningStack;
  readonly gateway: Gateway;
  readonly artifacts: readonly Artifact[];
}

const read = (name: string): string =>
  readFileSync(new URL(`../../fixtures/behaviour/${name}`, import.meta.url), 'utf8');

/** Builds fixtures/behaviour/law.openapi.yaml with its overlay; an alteration breaks the model or the artifacts. */
export async function startAwsLaw(
  { alter = (artifacts) => artifacts, alterModel }: Alteration = {},
  readings?: Readings,
): Promise<AwsLaw> {
  const files = {
    'law.openapi.yaml': read('law.openapi.yaml'),
    'law.overlay.yaml': read('aws/law.overlay.yaml'),
    'user.jwks.json': JSON.stringify(keySet(Object.values(userKeys))),
    'session.jwks.json': JSON.stringify(keySet([sessionKey])),
  };
  const { artifacts, gateway } = await compileForAws(files, alterModel);
  const folder = mkdtempSync(join(tmpdir(), 'gwc-test-'));
  const [main, other] = [await startBackend(), await startBackend()];
  const stopBackends = async (): Promise<void> => {
    rmSync(folder, { recursive: true, force: true });
    await main.stop();
    await other.stop();
  };
  try {
    writeFiles(folder, alter(artifacts));
    const hosts = new Map([
      ['main.law.test:443', main.port],
      ['other.law.test:443', other.port],
    ]);
    const stack = await startStack({ folder, hosts, ...(readings === undefined ? {} : { readings }) });
    const now = Math.floor(Date.now() / 1000);
    const [{ api } = { api: { id: '' } }] = stack.stack.deployed;
    const endpoint = `${api.id}.execute-api.${place.region}.amazonaws.com`;
    const tokens = new Map([...namedTokens(now), ['endpoint', endpoint]]);
    return {
      ...{ artifacts, gateway, stack, now, port: stack.port },
      backends: new Map([
        ['main', main],
        ['other', other],
      ]),
      filled: (text) => fill(onAws(text), tokens, new Map()),
      stop: async () => {
        await stack.stop();
        await stopBackends();
      },
    };
  } catch (error) {
    await stopBackends();
    throw error;
  }
}

/** The host of the law's document is one that AWS can serve, over TLS. */
export function onAws(text: string): string {
  return text
    .replaceAll('http://localhost:18080', 'https://api.law.test')
    .replaceAll(/localhost(?=[^0-9a-z]|$)(?::18080)?/g, 'api.law.test')
    .replaceAll('LOCALHOST', 'API.LAW.TEST');
}
