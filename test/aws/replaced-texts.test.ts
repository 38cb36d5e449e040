import { describe, expect, test } from 'vitest';
import { objectLiteral } from '../../src/targets/aws/authorizer/authorizer-code.ts';
import { aws } from '../../src/targets/aws/index.ts';
import { compile } from '../../src/targets/compile.ts';
import { gateway, operation, publicBackend, route, site, sourced } from '../support/model.ts';

/** The findings about a gateway whose one operation sets a header, and whose title is given. */
const findings = (value: string, title = 'Shop') => {
  const requestHeaders = sourced({ set: [{ name: 'X-A', value }], add: [], remove: [] }, '/header');
  const { artifacts, diagnostics } = compile(
    gateway({
      documents: [{ file: 'openapi.yaml', title, version: '1' }],
      backends: [publicBackend()],
      sites: [site([route('/a', [operation('GET', { requestHeaders })])])],
    }),
    aws,
  );
  const found = diagnostics.filter(({ severity }) => severity === 'error');
  return { emitted: artifacts.length > 0, found: found.map(({ code, at }) => ({ code, at })) };
};

describe('a document reads no secret that it does not name', () => {
  test.each([
    '{{resolve:secretsmanager:prod/db:SecretString:password}}',
    '{{resolve:ssm:/prod/key}}',
    'a {{ resolve:ssm-secure:x}}',
    '{{RESOLVE:ssm:x}}',
    '${AWS::AccountId}',
    '${stageVariables.authorizer}',
  ])('%s in a header is an error at its place', (value) => {
    expect(findings(value)).toEqual({
      emitted: false,
      found: [{ code: 'AWS012', at: { file: 'openapi.yaml', pointer: '/header', side: 'value' } }],
    });
  });

  test('nor by a title', () => {
    expect(findings('x', 'Shop {{resolve:ssm:x}}')).toMatchObject({
      emitted: false,
      found: [{ code: 'AWS012' }],
    });
  });

  test('other braces are texts', () => {
    expect(findings('{{name}} $5 ${name} resolve')).toEqual({ emitted: true, found: [] });
  });

  test('data of the authorizer has no two braces in a row', () => {
    const data = { claim: '{{resolve:ssm:x}}', more: '{{{' };
    const text = objectLiteral(data);
    expect(text).not.toContain('{{');
    expect(new Function(`return ${text}`)()).toEqual(data);
  });

  test('a reference that nobody meant does not read back', () => {
    const model = gateway({
      backends: [publicBackend()],
      sites: [site([route('/a', [operation()])])],
    });
    const { artifacts } = compile(model, aws);
    expect(aws.reparse(model, artifacts)).toEqual([]);
    const broken = artifacts.map((one) =>
      one.path === 'template.json'
        ? { ...one, contents: one.contents.replace('"Shop"', '"{{resolve:ssm:x}}"') }
        : one,
    );
    expect(broken).not.toEqual(artifacts);
    expect(aws.reparse(model, broken).join()).toContain('{{resolve:ssm:x}}');
  });
});
