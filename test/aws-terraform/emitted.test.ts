import { describe, expect, test } from 'vitest';
import type { Gateway } from '../../src/model/gateway.ts';
import { aws } from '../../src/targets/aws/index.ts';
import { compile } from '../../src/targets/compile.ts';
import type { Artifact } from '../../src/targets/target.ts';
import { readConfiguration } from './check-configuration.ts';
import { forTerraform, models } from './models.ts';

const built = (name: string): { readonly gateway: Gateway; readonly artifacts: readonly Artifact[] } => {
  const model = models[name];
  if (model === undefined) throw new Error(`there is no model with ${name}`);
  const gateway = forTerraform(model);
  return { gateway, artifacts: compile(gateway, aws).artifacts };
};

const regional = built('everything in front of a regional API');
const edge = built('a distribution');
const credential = built('a function and a credential as back ends');

const readmeOf = ({ artifacts }: { readonly artifacts: readonly Artifact[] }): string =>
  artifacts.find(({ path }) => path === 'README.md')?.contents ?? '';

describe('the folder', () => {
  test('is a configuration, bodies, the code of the authorizer and a page that says how', () => {
    expect(regional.artifacts.map(({ path }) => path)).toEqual([
      'README.md',
      'authorizer/gateway.json',
      'authorizer/index.js',
      'main.tf.json',
      'openapi.tf.json',
      'outputs.tf.json',
      'variables.tf.json',
    ]);
  });

  test('has what lives in us-east-1 in the same configuration, and asks nobody to copy anything', () => {
    const { resource, variable } = readConfiguration(edge.artifacts);
    expect(resource['aws_acm_certificate']?.['global_certificate_api_example_com']).toMatchObject({
      region: 'us-east-1',
    });
    expect(Object.keys(variable).filter((name) => name.includes('certificate'))).toEqual([]);
  });

  test('says which commands make the gateway, and every variable', () => {
    const page = readmeOf(regional);
    for (const command of ['terraform init', 'terraform plan', 'terraform apply', 'terraform destroy'])
      expect(page).toContain(command);
    for (const name of Object.keys(readConfiguration(regional.artifacts).variable))
      expect(page).toContain(`| \`${name}\` |`);
  });

  test('says which secrets its state holds', () => {
    expect(readmeOf(regional)).toContain('No secret of the gateway is in it.');
    expect(readmeOf(edge)).toContain('what the distribution proves itself with');
    expect(readmeOf(credential)).toContain('credentials of back ends');
  });
});

test('secrets in the state are told where the setting is, and nowhere else', () => {
  const codesOf = (name: string): readonly string[] =>
    compile(built(name).gateway, aws).diagnostics.map(({ code }) => code);
  expect(codesOf('a distribution')).toContain('AWS011');
  expect(codesOf('a function and a credential as back ends')).toContain('AWS011');
  expect(codesOf('a public operation')).not.toContain('AWS011');
  const { 'a distribution': model } = models;
  expect(model && compile(model, aws).diagnostics.map(({ code }) => code)).not.toContain('AWS011');
});

describe('a change', () => {
  test('of the body makes a deployment before the old one goes', () => {
    const { resource } = readConfiguration(regional.artifacts);
    expect(resource['aws_api_gateway_deployment']?.['deployment']).toMatchObject({
      triggers: {
        redeployment: expect.stringMatching(/^[0-9a-f]{10}$/) as string,
        body: '${sha1(aws_api_gateway_rest_api.rest_api.body)}',
      },
      lifecycle: { create_before_destroy: true },
    });
  });

  test('of what holds for all methods comes before what holds for one, and brings it again', () => {
    const { resource } = readConfiguration(regional.artifacts);
    const { stage_all: all, ...others } = resource['aws_api_gateway_method_settings'] ?? {};
    expect(all).toMatchObject({ method_path: '*/*' });
    expect(Object.values(others).map((one) => one['method_path'])).toContain('~1pets~1{id}/GET');
    for (const one of Object.values(others))
      expect(one).toMatchObject({
        depends_on: ['aws_api_gateway_method_settings.stage_all'],
        lifecycle: { replace_triggered_by: ['aws_api_gateway_method_settings.stage_all'] },
      });
  });
});

/** What could go wrong between the model and a file. */
const mistakes: readonly (readonly [string, string, (text: string) => string])[] = [
  ['a method that is gone', 'openapi.tf.json', (text) => text.replace('"post":{', '"patch":{')],
  [
    'a method that nobody decides about',
    'openapi.tf.json',
    (text) => text.replace(/"security":\[\{[^\]]*\]\}\]/, '"security":[]'),
  ],
  ['a path that nobody asked for', 'openapi.tf.json', (text) => text.replace('"/pets/{id}":', '"/admin":')],
  ['a body under another name', 'openapi.tf.json', (text) => text.replace('rest_api_body', 'other_body')],
  [
    'bodies that are merged',
    'main.tf.json',
    (text) => text.replace('"put_rest_api_mode":"overwrite"', '"put_rest_api_mode":"merge"'),
  ],
  [
    'an open door past the domain name',
    'main.tf.json',
    (text) => text.replace('"disable_execute_api_endpoint":true', '"disable_execute_api_endpoint":false'),
  ],
  ['a file that is not JSON', 'main.tf.json', (text) => text.slice(1)],
];

describe('files are read back before they are written', () => {
  test('and say what the model says', () => {
    expect(aws.reparse(regional.gateway, regional.artifacts)).toEqual([]);
  });

  test.each(mistakes)('%s is noticed', (_, file, alter) => {
    const altered = regional.artifacts.map((one) =>
      one.path === file ? { ...one, contents: alter(one.contents) } : one,
    );
    expect(altered).not.toEqual(regional.artifacts);
    expect(aws.reparse(regional.gateway, altered)).not.toEqual([]);
  });
});
