import type { Place } from '../../diagnostics/diagnostic.ts';
import { type Diagnostic, diagnostic, hasErrors } from '../../diagnostics/diagnostic.ts';
import type { Locate } from '../../diagnostics/order.ts';
import {
  environmentsOf,
  type Loaded,
  loadModel,
  type Reading,
  type ReadSources,
  readBesideBase,
} from '../load.ts';
import { failureOf } from '../output/file-system.ts';
import { writeWhole } from '../replace-file.ts';
import type { GatewaySurvey } from '../survey-gateways.ts';
import { askIssuers } from './ask-issuers.ts';
import { lockNotWritten, lockStale, pinChanged } from './diagnostics.ts';
import { type DiscoveryIssuer, discoveryIssuers } from './discovery-issuers.ts';
import { type FetchLimits, fetchLimits } from './fetch-configuration.ts';
import { LOCK_NAME, type Lock, lockPath, pinnedKeySets, printLock, readLock } from './lock-file.ts';

type Pins = ReadonlyMap<string, string>;

/** A gateway in an environment, chosen to be built. */
interface Chosen extends Reading {
  /** What else must hold of the environments that the blocks declare. */
  readonly check: (declared: readonly string[]) => readonly Diagnostic[];
}

interface LockOptions {
  readonly read: ReadSources;
  /** Every gateway that the lock file is for, in every environment. */
  readonly survey: () => Promise<GatewaySurvey>;
}

interface ResolveOptions extends LockOptions {
  /** Compare the lock file instead of writing it. */
  readonly check: boolean;
  readonly limits?: FetchLimits;
}

interface Resolved {
  /** With an error nothing was written. */
  readonly diagnostics: readonly Diagnostic[];
  readonly locate: readonly Locate[];
}

/**
 * Asks every issuer of the chosen gateways that has no `jwks` where its keys are, each once, and writes the answers to
 * the lock file (with `check` compares them). Pins of other gateways and environments stay. Nothing is asked while the
 * documents have errors, and nothing is written unless every answer is good.
 */
export async function resolveLock(chosen: readonly Chosen[], options: ResolveOptions): Promise<Resolved> {
  const models = await readModels(chosen, options.read);
  const locate = models.map(({ documents }) => documents.locate);
  const { lock, diagnostics, beside } = lockOf(chosen, models);
  const wrong = [
    ...models.flatMap((one, index) => [
      ...one.diagnostics,
      ...(one.unreadable ? [] : (chosen[index]?.check(environmentsOf(one)) ?? [])),
    ]),
    ...diagnostics,
  ];
  if (hasErrors(wrong) || beside === undefined) return { diagnostics: wrong, locate };
  const asked = await askIssuers(issuersOf(models), options.limits ?? fetchLimits);
  if (hasErrors(asked.diagnostics)) return { diagnostics: [...wrong, ...asked.diagnostics], locate };
  const pins = new Map([...keptPins(await options.survey(), lock), ...asked.pins]);
  const found = options.check ? compare(lock, pins, beside) : write(lock, pins, beside);
  return { diagnostics: [...changes(lock, asked.pins), ...found], locate };
}

/**
 * What a lock file that is there lacks or has too much of, told without asking anybody. Without a file gateways ask
 * their issuers themselves, so nothing is missing.
 */
export async function checkLock(
  chosen: readonly Reading[],
  { read, survey }: LockOptions,
): Promise<readonly Diagnostic[]> {
  const models = await readModels(chosen, read);
  const { lock, diagnostics, beside } = lockOf(chosen, models);
  if (!lock.present || beside === undefined || hasErrors(diagnostics)) return [];
  const issuers = issuersOf(models);
  const missing = issuers.filter(({ accepted }) => !accepted.some((one) => lock.issuers.has(one)));
  return [
    ...compare(lock, keptPins(await survey(), lock), beside),
    ...missing.map(({ accepted, at }) => absent(accepted[0] ?? '', at)),
  ];
}

async function readModels(chosen: readonly Reading[], read: ReadSources): Promise<readonly Loaded[]> {
  const models: Loaded[] = [];
  for (const { specs, options } of chosen) {
    models.push(loadModel(await readBesideBase({ specs, options }, read), options, new Map()));
  }
  return models;
}

/** The lock file that all of a command have in common, and the file that it stands beside. */
function lockOf(
  [reading]: readonly Reading[],
  [model]: readonly Loaded[],
): ReturnType<typeof readLock> & { readonly beside: string | undefined } {
  const beside = reading?.options.configured?.file ?? model?.documents.roots[0]?.at.file;
  if (model === undefined) return { lock: { present: false, issuers: new Map() }, diagnostics: [], beside };
  return { ...readLock(model.documents, beside), beside };
}

function issuersOf(models: readonly Loaded[]): readonly DiscoveryIssuer[] {
  const issuers = new Map<string, DiscoveryIssuer>();
  for (const one of models.flatMap(({ gateway }) =>
    gateway === undefined ? [] : discoveryIssuers(gateway),
  )) {
    const key = JSON.stringify(one.accepted);
    if (!issuers.has(key)) issuers.set(key, one);
  }
  return [...issuers.values()];
}

/** Pins that some gateway uses in some environment. One with errors may use any of them, so all stay. */
function keptPins({ gateways, complete }: GatewaySurvey, lock: Lock): Pins {
  const pinned = pinnedKeySets(lock);
  if (!complete) return pinned;
  const used = new Set(issuersOf(gateways).flatMap(({ accepted }) => accepted));
  return new Map([...pinned].filter(([issuer]) => used.has(issuer)));
}

function changes({ issuers }: Lock, asked: Pins): readonly Diagnostic[] {
  return [...asked].flatMap(([issuer, now]) => {
    const old = issuers.get(issuer);
    if (old === undefined || old.value === now) return [];
    return [diagnostic(pinChanged, old.at, { issuer, old: old.value, now })];
  });
}

function compare(lock: Lock, pins: Pins, beside: string): readonly Diagnostic[] {
  const stale = [...lock.issuers].flatMap(([issuer, { value, at }]) => {
    const now = pins.get(issuer);
    if (now === value) return [];
    const reason =
      now === undefined ? `nothing trusts "${issuer}" any more` : `the keys of "${issuer}" are at "${now}"`;
    return [diagnostic(lockStale, at, { reason })];
  });
  const missing = [...pins.keys()].filter((issuer) => !lock.issuers.has(issuer));
  return [...stale, ...missing.map((issuer) => absent(issuer, { file: beside, pointer: '' }))];
}

function absent(issuer: string, at: Place): Diagnostic {
  return diagnostic(lockStale, at, { reason: `it does not have "${issuer}"` });
}

/** Writes the lock file where it says something else, and none where there is nothing to say. */
function write(lock: Lock, pins: Pins, beside: string): readonly Diagnostic[] {
  const text = printLock(pins);
  if (text === printLock(pinnedKeySets(lock))) return [];
  const path = lockPath(beside);
  try {
    if (path !== undefined) writeWhole(path, text);
    return [];
  } catch (error) {
    return [diagnostic(lockNotWritten, { file: LOCK_NAME }, { failure: failureOf(error) })];
  }
}
