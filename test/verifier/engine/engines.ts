import type { VerifierData } from '../../../src/targets/nginx/verifier/guard.ts';
import type { Engine } from './engine.ts';
import { nginxEngine } from './nginx-engine.ts';
import { nodeEngine } from './node-engine.ts';

export interface EngineChoice {
  readonly name: string;
  /** Why it cannot run here. */
  readonly skipped: string | undefined;
  readonly start: (data: VerifierData) => Promise<Engine>;
}

/** An nginx with a current njs and both of its engines, built in. */
const newer = process.env['NGINX_QUICKJS_BIN'];
const skipped = newer === undefined ? 'NGINX_QUICKJS_BIN names no nginx' : undefined;

/** Every engine that the emitted code must behave alike on. */
export const engines: readonly EngineChoice[] = [
  { name: 'node', skipped: undefined, start: nodeEngine },
  { name: 'nginx', skipped: undefined, start: (data) => nginxEngine(data) },
  ...(['njs', 'qjs'] as const).map((jsEngine) => ({
    name: `a newer nginx with ${jsEngine}${skipped === undefined ? '' : ` (skipped: ${skipped})`}`,
    skipped,
    start: (data: VerifierData) =>
      nginxEngine(data, { jsEngine, ...(newer === undefined ? {} : { binary: newer }) }),
  })),
];
