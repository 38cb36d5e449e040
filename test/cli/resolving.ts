import { selectGateways } from '../../src/commands/configuration/select-gateways.ts';
import { type Loaded, loadGateway, type ReadingOptions } from '../../src/commands/load.ts';
import { readOnce } from '../../src/commands/read-once.ts';
import type { FetchLimits } from '../../src/commands/resolve/fetch-configuration.ts';
import { resolveLock } from '../../src/commands/resolve/resolve-lock.ts';
import { surveyGateways } from '../../src/commands/survey-gateways.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { recordedTerminal } from './in-process.ts';

interface Options extends ReadingOptions {
  readonly check?: true;
}

/** A document after `--resolve` with limits of its own; without a gateway where something was refused. */
export async function resolveDocument(
  document: string,
  { check, ...options }: Options,
  limits: FetchLimits,
): Promise<Loaded> {
  const selected = await selectGateways([document], options, recordedTerminal().terminal);
  if (selected.kind === 'failed') throw new Error('no gateway is selected');
  const read = readOnce();
  const jobs = selected.selections.map(({ specs, check }) => ({ specs, options, check }));
  const survey = () => surveyGateways(selected.every(), options, read);
  const resolved = await resolveLock(jobs, { check: check === true, read, survey, limits });
  const loaded = await loadGateway([document], options);
  const diagnostics = [...loaded.diagnostics, ...resolved.diagnostics];
  return hasErrors(diagnostics) ? { ...loaded, gateway: undefined, diagnostics } : { ...loaded, diagnostics };
}
