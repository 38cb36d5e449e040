import { type Diagnostic, diagnostic, hasErrors } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../model/origin.ts';
import {
  environmentsOf,
  type Loaded,
  loadGateway,
  loadModel,
  loadSources,
  type ReadingOptions,
  type Sources,
} from '../load.ts';
import { failureOf } from '../output/file-system.ts';
import { writeWhole } from '../replace-file.ts';
import { discoveryFailed, discoveryRefused, lockNotWritten, lockStale, pinChanged } from './diagnostics.ts';
import { type DiscoveryIssuer, discoveryIssuers } from './discovery-issuers.ts';
import { type FetchLimits, fetchConfiguration, fetchLimits } from './fetch-configuration.ts';
import { LOCK_NAME, type Lock, lockPath, pinnedKeySets, printLock, readLock } from './lock-file.ts';
import { readConfiguration } from './read-configuration.ts';

export interface ResolveOptions extends ReadingOptions {
  /** Compare the lock file instead of writing it. */
  readonly check?: true;
}

type Pins = ReadonlyMap<string, string>;
const NO_PINS: Pins = new Map();

/**
 * Reads documents up to the model and asks every issuer of the chosen environment that has no `jwks` where its keys
 * are; writes the answers to the lock file (with `check` compares them) and builds with them. Nothing is asked while the
 * documents have errors, and nothing is written unless every answer is good.
 */
export async function loadResolved(
  specs: readonly string[],
  options: ResolveOptions,
  limits: FetchLimits = fetchLimits,
): Promise<Loaded> {
  const sources = await loadSources(specs, options);
  const { lock, diagnostics } = readLock(sources.documents);
  const known = { ...sources, diagnostics: [...sources.diagnostics, ...diagnostics] };
  const unpinned = loadModel(known, options, NO_PINS);
  if (unpinned.gateway === undefined) return unpinned;
  const asked = await askAll(discoveryIssuers(unpinned.gateway), limits);
  if (hasErrors(asked.diagnostics)) return refuse(unpinned, asked.diagnostics);
  const kept = keptPins(known, options, lock);
  const pins = new Map([...kept, ...asked.pins]);
  const changed = changes(lock, asked.pins);
  const failed = options.check === true ? compare(lock, pins, sources) : write(lock, pins, sources);
  if (hasErrors(failed)) return refuse(unpinned, [...changed, ...failed]);
  const loaded = await loadGateway(specs, options);
  return { ...loaded, diagnostics: [...loaded.diagnostics, ...changed] };
}

/**
 * What a lock file that is there lacks or has too much of, told without asking anybody. Without a file gateways ask
 * their issuers themselves, so nothing is missing.
 */
export function checkLock(sources: Sources, options: ReadingOptions): readonly Diagnostic[] {
  const { lock } = readLock(sources.documents);
  if (!lock.present) return [];
  const { gateway } = loadModel(sources, options, NO_PINS);
  const issuers = gateway === undefined ? [] : discoveryIssuers(gateway);
  const missing = issuers.filter(({ accepted }) => !accepted.some((one) => lock.issuers.has(one)));
  return [
    ...compare(lock, keptPins(sources, options, lock), sources),
    ...missing.map(({ accepted, at }) => absent(accepted[0] ?? '', at)),
  ];
}

function refuse(loaded: Loaded, found: readonly Diagnostic[]): Loaded {
  return { ...loaded, gateway: undefined, diagnostics: [...loaded.diagnostics, ...found] };
}

interface Asked {
  readonly pins: Pins;
  readonly diagnostics: readonly Diagnostic[];
}

/** One after the other: there are few, and a document must not make gwc open many connections. */
async function askAll(issuers: readonly DiscoveryIssuer[], limits: FetchLimits): Promise<Asked> {
  const pins = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  for (const one of issuers) {
    const answer = await ask(one, limits);
    if ('code' in answer) diagnostics.push(answer);
    else pins.set(answer.issuer, answer.jwks);
  }
  return { pins, diagnostics };
}

async function ask(
  { accepted, url, at }: DiscoveryIssuer,
  limits: FetchLimits,
): Promise<Diagnostic | { readonly issuer: string; readonly jwks: string }> {
  const issuer = accepted[0] ?? '';
  const fetched = await fetchConfiguration(url, limits);
  if (fetched.kind === 'failed') {
    return diagnostic(discoveryFailed, at, { issuer, url, reason: fetched.reason });
  }
  const configuration = readConfiguration(fetched.bytes, accepted);
  return 'refused' in configuration
    ? diagnostic(discoveryRefused, at, { issuer, reason: configuration.refused })
    : configuration;
}

/**
 * Pins that some environment uses, the base included. An environment with errors may use any of them, so all stay; a
 * base that is complete only under an environment uses none of its own.
 */
function keptPins(sources: Sources, options: ReadingOptions, { issuers }: Lock): Pins {
  const names = environmentsOf(sources);
  const used = new Set<string>();
  const { env: _, ...rest } = options;
  // Whether an environment may weaken guards is judged where it is built.
  const lenient = { ...rest, allowRelaxIn: names };
  for (const env of [undefined, ...names]) {
    const chosen = env === undefined ? lenient : { ...lenient, env };
    const { gateway } = loadModel(sources, chosen, NO_PINS);
    if (gateway === undefined) {
      if (env === undefined && names.length > 0) continue;
      return new Map([...issuers].map(([issuer, { value }]) => [issuer, value]));
    }
    for (const { accepted } of discoveryIssuers(gateway)) for (const one of accepted) used.add(one);
  }
  return new Map([...issuers].flatMap(([issuer, { value }]) => (used.has(issuer) ? [[issuer, value]] : [])));
}

function changes({ issuers }: Lock, asked: Pins): readonly Diagnostic[] {
  return [...asked].flatMap(([issuer, now]) => {
    const old = issuers.get(issuer);
    if (old === undefined || old.value === now) return [];
    return [diagnostic(pinChanged, old.at, { issuer, old: old.value, now })];
  });
}

function compare(lock: Lock, pins: Pins, { documents }: Sources): readonly Diagnostic[] {
  const stale = [...lock.issuers].flatMap(([issuer, { value, at }]) => {
    const now = pins.get(issuer);
    if (now === value) return [];
    const reason =
      now === undefined ? `nothing trusts "${issuer}" any more` : `the keys of "${issuer}" are at "${now}"`;
    return [diagnostic(lockStale, at, { reason })];
  });
  const beside = documents.roots[0]?.at;
  const missing = [...pins.keys()].filter((issuer) => !lock.issuers.has(issuer));
  return [...stale, ...missing.map((issuer) => absent(issuer, beside))];
}

function absent(issuer: string, at: Origin | undefined): Diagnostic {
  return diagnostic(lockStale, at, { reason: `it does not have "${issuer}"` });
}

/** Writes the lock file where it says something else, and none where there is nothing to say. */
function write(lock: Lock, pins: Pins, { documents }: Sources): readonly Diagnostic[] {
  const text = printLock(pins);
  if (text === printLock(pinnedKeySets(lock))) return [];
  const path = lockPath(documents.roots[0]?.at.file ?? '');
  try {
    if (path !== undefined) writeWhole(path, text);
    return [];
  } catch (error) {
    return [diagnostic(lockNotWritten, { file: LOCK_NAME }, { failure: failureOf(error) })];
  }
}
