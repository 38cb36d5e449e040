import type { Gateway, Operation, OperationFeatures } from '../../src/model/gateway.ts';
import type { Artifact } from '../../src/targets/target.ts';
import type { Alteration } from '../support/running-gateway.ts';

/** One way to emit a broken gateway. Some case must notice it. */
export interface Sabotage extends Alteration {
  readonly name: string;
  /** Rows of BEHAVIOUR.md whose cases should notice; they are tried before all others. */
  readonly rows: readonly string[];
}

type Change = (artifacts: readonly Artifact[]) => readonly Artifact[];

/** A change of text of the files that a pattern names. Throws when it changes nothing. */
export function edit(
  files: RegExp,
  search: RegExp | string,
  by: string | ((...found: string[]) => string),
): Change {
  const everywhere =
    typeof search === 'string' ? search : new RegExp(search, `${search.flags.replace('g', '')}g`);
  return editFile(files, (text) =>
    text.replaceAll(everywhere, typeof by === 'string' ? () => by : (...found) => by(...found)),
  );
}

/** A change of whole files that a pattern names. Throws when it changes nothing. */
export function editFile(files: RegExp, change: (text: string) => string): Change {
  return (artifacts) => {
    const changed = artifacts.map((artifact) =>
      files.test(artifact.path) ? { ...artifact, contents: change(artifact.contents) } : artifact,
    );
    if (changed.every((one, index) => one.contents === artifacts[index]?.contents)) {
      throw new Error(`the sabotage of ${files} does not apply: nothing in the emitted files changed`);
    }
    return changed;
  };
}

/** Several changes, each of which must change something. */
export function inTurn(...changes: readonly Change[]): Change {
  return (artifacts) => changes.reduce((before, change) => change(before), artifacts);
}

/** A change of the features of the operation of an id, or of all. Throws when it changes nothing. */
export function features(
  id: string | undefined,
  change: (features: OperationFeatures) => Partial<OperationFeatures>,
): (gateway: Gateway) => Gateway {
  const altered = (operation: Operation): Operation =>
    id === undefined || operation.id === id
      ? { ...operation, features: { ...operation.features, ...change(operation.features) } }
      : operation;
  return changing((gateway) => ({
    ...gateway,
    sites: gateway.sites.map((site) => ({
      ...site,
      routes: site.routes.map((route) => ({ ...route, operations: route.operations.map(altered) })),
    })),
  }));
}

/** A change of the model. Throws when it changes nothing. */
export function changing(change: (gateway: Gateway) => Gateway): (gateway: Gateway) => Gateway {
  return (gateway) => {
    const changed = change(gateway);
    if (JSON.stringify(changed) === JSON.stringify(gateway)) {
      throw new Error('the sabotage does not apply: nothing in the model changed');
    }
    return changed;
  };
}
