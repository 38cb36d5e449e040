import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAccepted } from '../check/finding.ts';
import { startTemplateCheckers, type TemplateCheckers } from '../check-template.ts';
import { build } from './emitted-document.ts';

const folder = mkdtempSync(join(tmpdir(), 'gwc-test-'));
let checkers: TemplateCheckers;
let files: ReadonlyMap<string, string>;
beforeAll(async () => {
  checkers = startTemplateCheckers();
  ({ files } = await build('cloudfront'));
}, 120_000);
afterAll(() => {
  checkers?.free();
  rmSync(folder, { recursive: true, force: true });
});

const accepted = [
  { rule: 'CT.CLOUDFRONT.PR.1', reason: 'an API has no document at its root' },
  { rule: 'CT.CLOUDFRONT.PR.4', reason: 'the API in one region is the only origin' },
  {
    rule: 'CT.CLOUDFRONT.PR.5',
    reason: 'logs need a bucket, which is a parameter; the rule reads no Fn::If',
  },
  {
    rule: 'CT.CLOUDFRONT.PR.6',
    reason: 'the certificate is a parameter, from us-east-1; the rule reads no Ref of one',
  },
  { rule: 'CT.CLOUDFRONT.PR.7', reason: 'the same' },
];

test.each(['template.json', 'us-east-1.json'])('AWS has nothing to say about the edge in %s', (name) => {
  const path = join(folder, name);
  writeFileSync(path, files.get(name) ?? '');
  const found = checkers
    .check(path)
    .filter((finding) => !isAccepted(finding, accepted))
    .filter(({ resource }) => name !== 'template.json' || resource.startsWith('Edge'));
  expect(found.map(({ message, resource, rule }) => `${rule} ${resource}: ${message}`)).toEqual([]);
});
