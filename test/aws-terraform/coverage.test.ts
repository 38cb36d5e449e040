import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aws } from '../../src/targets/aws/index.ts';
import { mappingOf } from '../../src/targets/aws/terraform/mappings/index.ts';
import { compile } from '../../src/targets/compile.ts';
import { readConfiguration } from './check-configuration.ts';
import { forTerraform, models } from './models.ts';

/** Types of resources that some file of the target makes. */
const source = new URL('../../src/targets/aws', import.meta.url).pathname;
const emitted = [
  ...new Set(
    (readdirSync(source, { recursive: true }) as string[])
      .filter((file) => file.endsWith('.ts') && !file.startsWith('terraform/'))
      .flatMap((file) => [...readFileSync(join(source, file), 'utf8').matchAll(/Type: '(AWS::\w+::\w+)'/g)])
      .map(([, type = '']) => type),
  ),
].sort();

const made = new Set(
  Object.values(models).flatMap((model) =>
    Object.keys(readConfiguration(compile(forTerraform(model), aws).artifacts).resource),
  ),
);

describe('every resource that the target can make', () => {
  test('is found by this test', () => {
    expect(emitted.length).toBeGreaterThan(25);
  });

  test.each(emitted)('%s has an equal, which some gateway of these tests has', (type) => {
    expect(made).toContain(mappingOf(type).type);
  });
});
