import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { formatKey, hashKey, readKey } from '../../src/commands/key/api-key.ts';
import { type KeyOptions, key } from '../../src/commands/key/key.ts';
import { recordedTerminal } from './in-process.ts';
import { gwc, workFolder } from './program.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const shape = /^gwc_[A-Za-z0-9_-]{49}$/;
const cwd = workFolder();

async function run(options: Partial<KeyOptions>, input: readonly (string | Uint8Array)[] = []) {
  const { terminal, out, err } = recordedTerminal();
  const code = await key({ format: 'pretty', ...options }, pieces(input), terminal);
  return { code, stdout: out(), stderr: err() };
}

async function* pieces(input: readonly (string | Uint8Array)[]) {
  yield* input;
}

describe('a new key', () => {
  test('is printed alone on stdout, its entry for the document on stderr', async () => {
    const { code, stdout, stderr } = await gwc(['key', '--consumer', 'acme'], { cwd });
    expect(code).toBe(0);
    const made = stdout.trimEnd();
    expect(made).toMatch(shape);
    expect(stdout).toBe(`${made}\n`);
    expect(stderr).not.toContain(made);
    expect(stdout).not.toContain(sha256(made));
    const entry = stderr.split('\n').find((line) => line.includes('consumers:')) ?? '';
    expect(load(entry, { schema: CORE_SCHEMA })).toEqual({
      consumers: { acme: { keys: [{ sha256: sha256(made) }] } },
    });
  });

  test('is one field and its hash another with --format json', async () => {
    const { code, stdout, stderr } = await run({ format: 'json', consumer: 'acme' });
    const printed = JSON.parse(stdout);
    expect([code, stderr]).toEqual([0, '']);
    expect(printed).toEqual({ format: 1, consumer: 'acme', key: printed.key, sha256: sha256(printed.key) });
    expect(printed.key).toMatch(shape);
  });

  test('is another one each time', async () => {
    const made = new Set<string>();
    for (let count = 0; count < 50; count++) made.add((await run({})).stdout);
    expect(made.size).toBe(50);
  });

  test('needs a consumer that the document can name', async () => {
    const { code, stdout, stderr } = await run({ consumer: 'Acme: {' });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('"Acme: {" is no name of a consumer');
  });

  test('is never taken from the command line', async () => {
    const { code, stdout } = await gwc(['key', '--hash', 'my-secret-key'], { cwd });
    expect([code, stdout]).toEqual([2, '']);
  });
});

describe('the hash of a key', () => {
  test.each([
    ['without a line feed', ['partner-key']],
    ['with a final line feed', ['partner-key\n']],
    ['in pieces', ['partner', Buffer.from('-key'), '\n']],
  ])('is over its exact bytes: %s', async (_, input) => {
    expect(await run({ hash: true }, input)).toEqual({
      code: 0,
      stdout: `${sha256('partner-key')}\n`,
      stderr: '',
    });
  });

  test('goes to stdout also when the entry is asked for', async () => {
    const { stdout, stderr } = await run({ hash: true, consumer: 'acme' }, ['partner-key']);
    expect(stdout).toBe(`${sha256('partner-key')}\n`);
    expect(stderr).toContain(`consumers: {acme: {keys: [{sha256: ${sha256('partner-key')}}]}}`);
  });

  test.each([
    ['nothing', '', 'is empty'],
    ['a line feed only', '\n', 'is empty'],
    ['a blank at its end', 'QXZ7 ', 'holds a blank'],
    ['two lines', 'QXZ7\nQXZ8\n', 'holds a blank, a line feed'],
    ['an end of line of Windows', 'QXZ7\r\n', 'ends with a carriage return'],
    ['letters beyond ASCII', 'schlüssel', 'another character'],
    ['too much', 'k'.repeat(5000), 'is longer than 4096 bytes'],
    ['a cut key of gwc', 'gwc_abc', 'is damaged'],
  ])('is refused for what no client can send, and not repeated: %s', async (_, input, problem) => {
    const { code, stdout, stderr } = await run({ hash: true }, [input]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(problem);
    if (input.length > 3) expect(stderr).not.toContain(input.trim());
  });

  test('notices any one changed character of a key of gwc', () => {
    const secret = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const change = fc.tuple(fc.integer({ min: 4, max: 52 }), fc.constantFrom(...'AZaz09_-'));
    fc.assert(
      fc.property(secret, change, (bytes, [at, character]) => {
        const made = formatKey(bytes);
        expect(made).toMatch(shape);
        expect(readKey(Buffer.from(`${made}\n`))).toEqual({ key: Buffer.from(made) });
        expect(hashKey(Buffer.from(made))).toBe(sha256(made));
        const changed = made.slice(0, at) + character + made.slice(at + 1);
        if (changed !== made) expect(readKey(Buffer.from(changed))).toHaveProperty('problem');
      }),
      { numRuns: 200 },
    );
  });
});
