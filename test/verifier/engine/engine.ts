import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Guard, VerifierData, VerifierInput } from '../../../src/targets/nginx/verifier/guard.ts';

/** What a request is, as far as a guard may ask. Strings are sent byte for byte as Latin-1. */
export interface Facts {
  readonly authorization?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly query?: string;
  readonly method?: string;
  readonly address?: string;
  readonly origin?: string;
  readonly fetchSite?: string;
  readonly certificate?: string;
  readonly process?: string;
}

/** The verifier's answer: every header that it may set, absent ones left out. */
export interface Verdict {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Something that runs the emitted verifier's code. */
export interface Engine {
  readonly name: string;
  readonly ask: (guard: Guard, facts: Facts) => Promise<Verdict>;
  readonly stop: () => Promise<void>;
}

/** Headers `Gwc-Input-<i>` of a guard, as the gateway would send them: empty ones are not sent. */
export const inputHeaders = (guard: Guard, facts: Facts): readonly (readonly [string, string])[] =>
  guard.inputs
    .map((input, index) => [`Gwc-Input-${index}`, inputValue(input, facts)] as const)
    .filter(([, value]) => value !== '');

export const inputValue = (input: VerifierInput, facts: Facts): string => {
  switch (input.kind) {
    case 'header':
      return facts.headers?.[input.name] ?? '';
    case 'cookie':
      return facts.cookies?.[input.name] ?? '';
    default:
      return facts[input.kind] ?? '';
  }
};

export const isVerdictHeader = (name: string): boolean => /^gwc-|^x-accel-/.test(name.toLowerCase());

/** A folder with a verifier's data, and how to remove it. */
export const dataFolder = (data: VerifierData): { readonly folder: string; readonly remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'gwc-verifier-'));
  for (const { path, contents } of data.artifacts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), contents);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
