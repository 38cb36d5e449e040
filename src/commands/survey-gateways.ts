import type { Selection } from './configuration/select-gateways.ts';
import { environmentsOf, type Loaded, loadModel, type ReadingOptions, type ReadSources } from './load.ts';

/** Gateways in all their environments. */
export interface GatewaySurvey {
  /** Each gateway as its base and in each environment, without pins, where it has no errors. */
  readonly gateways: readonly Loaded[];
  /** False where some gateway has errors: what it uses is not known then. */
  readonly complete: boolean;
}

/** Reads gateways in every environment that their blocks declare; undefined when not even their files are known. */
export async function surveyGateways(
  selections: readonly Selection[] | undefined,
  options: ReadingOptions,
  read: ReadSources,
): Promise<GatewaySurvey> {
  const surveys: GatewaySurvey[] = [];
  for (const selection of selections ?? []) surveys.push(await surveyGateway(selection, options, read));
  return {
    gateways: surveys.flatMap(({ gateways }) => gateways),
    complete: selections !== undefined && surveys.every(({ complete }) => complete),
  };
}

async function surveyGateway(
  { specs, optionsFor }: Selection,
  options: ReadingOptions,
  read: ReadSources,
): Promise<GatewaySurvey> {
  const names = environmentsOf(await read(specs, optionsFor(options, undefined)));
  const gateways: Loaded[] = [];
  let complete = true;
  for (const env of [undefined, ...names]) {
    // Whether an environment may weaken guards is judged where it is built.
    const chosen = { ...optionsFor(options, env), allowRelaxIn: names };
    const loaded = loadModel(await read(specs, chosen), chosen, new Map());
    if (loaded.gateway !== undefined) gateways.push(loaded);
    // A base that is complete only under an environment uses nothing of its own.
    else if (env !== undefined || names.length === 0) complete = false;
  }
  return { gateways, complete };
}
