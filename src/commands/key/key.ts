import { randomBytes } from 'node:crypto';
import { nameFormat } from '../../extension/values/names.ts';
import { exitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { formatKey, hashKey, KEY_BYTES, readKey } from './api-key.ts';

export interface KeyOptions {
  readonly consumer?: string;
  readonly hash?: true;
  readonly format: 'pretty' | 'json';
}

/** Standard input, piece by piece. */
export type Input = AsyncIterable<Uint8Array | string>;

/**
 * Makes an API key, or with `hash` hashes one that is read from `input`. The key goes to stdout and nowhere else, the
 * entry for the document to stderr, so that neither ends up in the other's file; with `--format json` both are fields.
 */
export async function key(options: KeyOptions, input: Input, terminal: Terminal): Promise<number> {
  const { consumer } = options;
  if (consumer !== undefined && !new RegExp(`^(?:${nameFormat.pattern})$`).test(consumer)) {
    terminal.err(`gwc: ${JSON.stringify(consumer)} is no name of a consumer: ${nameFormat.allows}\n`);
    return exitCode.usage;
  }
  return options.hash === true ? hashGiven(options, input, terminal) : makeKey(options, terminal);
}

function makeKey({ consumer, format }: KeyOptions, terminal: Terminal): number {
  const made = formatKey(randomBytes(KEY_BYTES));
  const sha256 = hashKey(Buffer.from(made));
  if (format === 'json') {
    terminal.out(`${JSON.stringify({ format: 1, ...named(consumer), key: made, sha256 }, undefined, 2)}\n`);
    return exitCode.fine;
  }
  terminal.err('The key is shown once. Give it to its owner; gwc keeps nothing.\n');
  terminal.out(`${made}\n`);
  terminal.err(`In the x-gateway block:\n${entry(consumer, sha256)}`);
  return exitCode.fine;
}

async function hashGiven(
  { consumer, format }: KeyOptions,
  input: Input,
  terminal: Terminal,
): Promise<number> {
  const read = readKey(await readAll(input));
  if ('problem' in read) {
    terminal.err(`gwc: the key on standard input ${read.problem}; nothing is hashed\n`);
    return exitCode.findings;
  }
  const sha256 = hashKey(read.key);
  if (format === 'json') {
    terminal.out(`${JSON.stringify({ format: 1, ...named(consumer), sha256 }, undefined, 2)}\n`);
    return exitCode.fine;
  }
  terminal.out(`${sha256}\n`);
  if (consumer !== undefined) terminal.err(`In the x-gateway block:\n${entry(consumer, sha256)}`);
  return exitCode.fine;
}

function named(consumer: string | undefined): { readonly consumer?: string } {
  return consumer === undefined ? {} : { consumer };
}

/** Without a name the placeholder stays, which a build refuses. */
function entry(consumer: string | undefined, sha256: string): string {
  return `  consumers: {${consumer ?? '<name>'}: {keys: [{sha256: ${sha256}}]}}\n`;
}

/** Far more than the longest key, so that a file by mistake does not fill the memory. */
const MOST = 65_536;

async function readAll(input: Input): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of input) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece);
    pieces.push(bytes);
    length += bytes.length;
    if (length > MOST) break;
  }
  return Buffer.concat(pieces);
}
