import type { VerifierData } from '../../../src/targets/nginx/verifier/guard.ts';
import type { Engine } from './engine.ts';
import { nginxEngine } from './nginx-engine.ts';
import { nodeEngine } from './node-engine.ts';

export interface EngineChoice {
  readonly name: string;
  readonly start: (data: VerifierData) => Promise<Engine>;
}

/** Every engine that the emitted code must behave alike on; `test/support/tested-nginx.ts` says how to choose another njs. */
export const engines: readonly EngineChoice[] = [
  { name: 'node', start: nodeEngine },
  { name: 'nginx', start: nginxEngine },
];
