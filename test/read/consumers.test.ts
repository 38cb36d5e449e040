import { describe, expect, it } from 'vitest';
import { bound, consumers, hash, keyIn, keys } from './identity-sample.ts';
import { model, operation, read } from './sample.ts';

describe('consumers', () => {
  const withConsumers = (declared: unknown) => bound(keyIn('header', 'X-Key'), keys, { consumers: declared });

  it('are known by the hashes of their keys', async () => {
    const gateway = await model(
      withConsumers({ zeta: {}, acme: { keys: [{ sha256: hash }], groups: ['a'] } }),
    );
    expect(gateway.consumers).toMatchObject([
      { name: 'acme', keys: [hash], groups: ['a'] },
      { name: 'zeta', keys: [], groups: [] },
    ]);
    expect(operation(gateway).features.authentication.value).toMatchObject({ kind: 'required' });
  });

  const sha256 = (word: string) => ({
    keys: [
      {
        sha256: {
          '': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
          changeme: '057ba03d6c44104863dc7361fe4578965d1887360f90a0895882e58a6248fc86',
        }[word],
      },
    ],
  });
  it.each<[string, unknown, readonly string[], readonly string[]]>([
    ['with one key', { a: consumers.acme, b: consumers.acme }, ['CON001'], []],
    ['with the empty key', { a: sha256('') }, ['CON003'], []],
    ['with a word', { a: sha256('changeme') }, ['CON003'], []],
    ['with a key in clear', { a: { keys: ['hunter2'] } }, ['XGW003'], []],
    ['with an upper-case hash', { a: { keys: [{ sha256: hash.toUpperCase() }] } }, ['XGW004'], []],
    ['with a plan', { a: { ...consumers.acme, plan: 'gold' } }, ['XGW002'], []],
    ['without a key', { a: {}, b: consumers.acme }, [], ['CON002']],
    ['none of whom has a key', { a: {} }, [], ['CON004', 'CON002']],
  ])('%s', async (_, declared, errors, warnings) => {
    const found = await read(withConsumers(declared));
    expect([found.errors, [...found.warnings].sort()], found.text).toEqual([errors, [...warnings].sort()]);
  });

  it('whose keys nobody verifies are told', async () => {
    expect((await read({ 'x-gateway': { consumers } })).warnings).toEqual(['REF002']);
  });
});
