import { describe, expect, it } from 'vitest';
import { type Change, read } from '../read/sample.ts';

/** What an environment opens, by way of something that the base does not have. */
async function weakened(base: Change, patch: Change): Promise<readonly string[]> {
  const root = { ...base, environments: { prod: patch } };
  const { diagnostics } = await read({ 'x-gateway': root }, { environment: 'prod' });
  return diagnostics
    .filter(({ code }) => code === 'ENV002')
    .map(({ message }) => /weakens ([^:]*):/.exec(message)?.[1] ?? message);
}

const accept = (feature: string): Change => ({ targets: { nginx: { accept: { [feature]: 'for now' } } } });
const plain = { url: 'http://127.0.0.1:9001' };
const secure = { url: 'https://a.internal' };

describe('an environment may not', () => {
  it.each(['limits', 'bodySize', 'query-credential'])(
    'waive %s, which the base asks for',
    async (feature) => {
      expect(await weakened({}, accept(feature))).toEqual([feature]);
      expect(await weakened({}, { operations: { getA: accept(feature) } })).toEqual([feature]);
      expect(await weakened(accept(feature), accept(feature))).toEqual([]);
      expect(await weakened(accept(feature), { name: 'other' })).toEqual([]);
    },
  );

  it('send requests to another back end without checking who it is', async () => {
    const other = { ...secure, tls: { verify: false } };
    const patch = { backends: { other }, defaults: { backend: 'other' } };
    expect(await weakened({}, patch)).toEqual(['backends.other.tls.verify']);
  });

  it('send requests to another back end without TLS where every one has it', async () => {
    const patch = { backends: { other: plain }, defaults: { backend: 'other' } };
    expect(await weakened({ backends: { main: secure } }, patch)).toEqual(['backends.other.url']);
  });
});

describe('an environment may', () => {
  it.each(['requestHeaders', 'timeout'])('waive %s, which is no guard', async (feature) => {
    expect(await weakened({}, accept(feature))).toEqual([]);
  });

  it('have a back end of its own', async () => {
    const other = { url: 'https://b.internal' };
    expect(await weakened({ backends: { main: secure } }, { backends: { other } })).toEqual([]);
    expect(await weakened({ backends: { main: plain } }, { backends: { other: plain } })).toEqual([]);
  });
});
