import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { keySet, signingKey } from '../support/tokens.ts';

const program = fileURLToPath(new URL('../../bin/gwc.js', import.meta.url));
const bundle = new URL('../../dist/cli.js', import.meta.url);

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Numeric user and group, to lose the rights of root. */
  readonly user?: number;
}

/** Runs the built program and waits for its end. */
export function gwc(args: readonly string[], { cwd, environment = {}, user }: RunOptions): Promise<Run> {
  if (!existsSync(bundle)) throw new Error('the program is not built: run "npm run build" first');
  const identity = user === undefined ? {} : { uid: user, gid: user };
  const env = { PATH: process.env['PATH'], ...environment };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [program, ...args],
      { cwd, env, timeout: 60_000, maxBuffer: 64 * 1024 * 1024, ...identity },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        if (typeof code === 'number') resolve({ code, stdout, stderr });
        else reject(error);
      },
    );
  });
}

/** A new folder for the tests of one file, removed at their end. */
export function workFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gwc-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files by their names below a folder, which is returned. */
export function write(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Every file below a folder with its text. */
export function contents(folder: string): ReadonlyMap<string, string> {
  const names = (readdirSync(folder, { recursive: true, withFileTypes: true }) as unknown as Entry[])
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(names.map((name) => [name.slice(folder.length + 1), readFileSync(name, 'utf8')]));
}

interface Entry {
  readonly name: string;
  readonly parentPath: string;
  readonly isFile: () => boolean;
}

export const shop: string = readFileSync(
  new URL('../../fixtures/shop/openapi.yaml', import.meta.url),
  'utf8',
);

/** The shop of the fixtures with a key set of its own. */
export const shopFiles: Readonly<Record<string, string>> = {
  'openapi.yaml': shop,
  'issuer.jwks.json': JSON.stringify(keySet([signingKey('ES256', 'shop')])),
};
