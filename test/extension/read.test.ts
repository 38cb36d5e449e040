import { describe, expect, test } from 'vitest';
import { readFacets, readRoot } from '../../src/extension/index.ts';
import { fullFacets, fullRoot } from './full-block.ts';
import { collect, nodeFrom } from './read-block.ts';

describe('a block that uses every field', () => {
  test('the root is read without a finding', () => {
    const { block, diagnostics } = collect((report) => readRoot(nodeFrom(fullRoot), report));
    expect(diagnostics).toEqual([]);
    expect(block?.backends?.value.get('orders')?.value.timeouts?.value.connect).toEqual({
      value: 2000,
      at: { file: 'api.yaml', pointer: '/backends/orders/timeouts/connect' },
    });
  });

  test.each(['path', 'operation'] as const)('the facets of a %s are read without a finding', (level) => {
    const { block, diagnostics } = collect((report) => readFacets(nodeFrom(fullFacets), level, report));
    expect(diagnostics).toEqual([]);
    expect(block?.rewrite?.value).toEqual([
      { kind: 'literal', text: '/v1/users/' },
      { kind: 'parameter', name: 'userId' },
      { kind: 'literal', text: '/profile' },
    ]);
  });
});
