import { rmSync } from 'node:fs';
import type { Gateway } from '../../src/model/gateway.ts';
import { negotiate } from '../../src/targets/negotiate.ts';
import { nginx } from '../../src/targets/nginx/index.ts';
import type { Artifact } from '../../src/targets/target.ts';
import { gateway, sourced } from '../support/model.ts';
import { type RunningNginx, startNginx } from '../support/nginx.ts';
import { readableFolder, writeFiles } from '../support/running-gateway.ts';
import { withJsEngine } from '../support/tested-nginx.ts';

type NginxSettings = Gateway['targets']['nginx'];

/** `targets.nginx` with changes, and listeners with changes. */
export const settings = (
  changes: Partial<NginxSettings> = {},
  listen: Partial<NginxSettings['listen']> = {},
): Gateway['targets'] => {
  const { nginx: usual, aws } = gateway().targets;
  return {
    aws,
    nginx: { ...usual, workers: sourced(1), ...changes, listen: { ...usual.listen, ...listen } },
  };
};

/** What a model is emitted as; throws when something cannot be expressed or does not read back. */
export const emitted = (model: Gateway): readonly Artifact[] => {
  const { lowered, diagnostics } = negotiate(model, nginx);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  const artifacts = nginx.emit(model, lowered);
  const differences = nginx.reparse(model, artifacts);
  if (differences.length > 0) throw new Error(differences.join('\n'));
  return artifacts;
};

/** The text of one emitted file. */
export const file = (artifacts: readonly Artifact[], path: string): string => {
  const found = artifacts.find((one) => one.path === path);
  if (found === undefined) throw new Error(`${path} is not emitted`);
  return found.contents;
};

export interface RunningModel {
  readonly folder: string;
  readonly nginx: RunningNginx;
  readonly stop: () => Promise<void>;
}

/** Emits a model and starts nginx on it; `more` are files that somebody else puts into the folder. */
export const startModel = async (
  model: Gateway,
  ports: readonly number[],
  more: readonly Artifact[] = [],
): Promise<RunningModel> => {
  const folder = readableFolder();
  try {
    writeFiles(folder, [...withJsEngine(emitted(model)), ...more]);
    const running = await startNginx({ folder, ports });
    return {
      folder,
      nginx: running,
      stop: async () => {
        await running.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
};
