import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAccepted } from './check/finding.ts';
import { startTemplateCheckers, type TemplateCheckers } from './check-template.ts';
import { sampleTemplate } from './sample-template.ts';
import type { JsonRecord } from './stack/json.ts';

const folder = mkdtempSync(join(tmpdir(), 'gwc-test-'));
let checkers: TemplateCheckers;
beforeAll(() => {
  checkers = startTemplateCheckers();
}, 120_000);
afterAll(() => {
  checkers?.free();
  rmSync(folder, { recursive: true, force: true });
});

const settings = [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', CacheDataEncrypted: true }];
const template = (): Record<string, never> =>
  JSON.parse(JSON.stringify(sampleTemplate({ stage: { MethodSettings: settings, TracingEnabled: true } })));

/** Writes a template and says what is wrong with it. */
function problemsOf(written: JsonRecord): readonly string[] {
  const path = join(folder, 'template.json');
  writeFileSync(path, JSON.stringify(written));
  const accepted = [
    { rule: 'CT.LAMBDA.PR.3', reason: 'the sample is in no network' },
    { rule: 'CT.LAMBDA.PR.2', reason: 'reads no Fn::Sub' },
  ];
  return checkers
    .check(path)
    .filter((finding) => !isAccepted(finding, accepted))
    .map(({ message, resource, rule }) => `${rule} ${resource}: ${message}`);
}

/** The sample with one member changed; `undefined` takes it away. */
function broken(path: string, value: unknown): JsonRecord {
  const whole = template();
  const names = path.split('.');
  const last = names.pop() ?? '';
  let holder: Record<string, unknown> = whole;
  for (const name of names) holder = holder[name] as Record<string, unknown>;
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return whole as JsonRecord;
}

describe('the checkers of templates', () => {
  test('all run on this machine, or say which does not', () => {
    if (checkers.absent !== undefined) console.warn(`not checked: ${checkers.absent}`);
    expect(checkers.absent ?? 'all run').toMatch(/^all run$|^cfn-guard has no program/);
  });

  test('have nothing to say about a good one', () =>
    expect(problemsOf(template() as JsonRecord)).toEqual([]));

  const mistakes: readonly (readonly [string, string, unknown])[] = [
    ['a property that does not exist', 'Resources.Stage.Properties.StageNam', 'live'],
    ['a nested property that does not exist', 'Resources.Stage.Properties.MethodSettings.0.LogLevel', 'INFO'],
    ['a value that is none of its list', 'Resources.Stage.Properties.MethodSettings.0.LoggingLevel', 'ALL'],
    ['a cache of no size', 'Resources.Stage.Properties.CacheClusterSize', '1.0'],
    ['a missing property', 'Resources.Authorizer.Properties.Role', undefined],
    ['a number that is none', 'Resources.Authorizer.Properties.Timeout', 'soon'],
    ['a resource type that does not exist', 'Resources.Stage.Type', 'AWS::ApiGateway::Stages'],
    ['a reference to nothing', 'Resources.Stage.Properties.RestApiId', { Ref: 'Nobody' }],
    [
      'an attribute that does not exist',
      'Resources.Permission.Properties.FunctionName',
      { 'Fn::GetAtt': ['Authorizer', 'Name'] },
    ],
    [
      'a substitution of nothing',
      'Resources.Permission.Properties.SourceArn',
      { 'Fn::Sub': 'arn:aws:execute-api:${Nobody}' },
    ],
    [
      'a path of a method setting in another spelling',
      'Resources.Stage.Properties.MethodSettings.0.ResourcePath',
      '/a/b',
    ],
    ['no log of executions', 'Resources.Stage.Properties.MethodSettings', undefined],
    ['no tracing', 'Resources.Stage.Properties.TracingEnabled', undefined],
    ['a permission for everybody', 'Resources.Permission.Properties.Principal', '*'],
  ];
  test.each(mistakes)('notice %s', (_, path, value) => {
    expect(problemsOf(broken(path, value))).not.toEqual([]);
  });
});
