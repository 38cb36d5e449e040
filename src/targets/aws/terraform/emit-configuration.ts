import type { Artifact } from '../../target.ts';
import type { BodyPlan } from '../body/body-plan.ts';
import { globalTemplate } from '../edge/global-template.ts';
import { hasDistribution } from '../edge/has-distribution.ts';
import type { EmittedAuthorizer } from '../emitted-authorizer.ts';
import { printJson } from '../print-json.ts';
import { layOut } from '../template/lay-out.ts';
import { idOf } from '../template/logical-id.ts';
import { configurationReadme } from '../view/configuration-readme-view.ts';
import type { Configuration } from './configuration.ts';
import { nameOf } from './names.ts';
import { oneConfiguration } from './one-configuration.ts';
import { translate } from './translate.ts';

/** The folder that `terraform apply` makes a gateway of: one configuration, whatever regions its parts live in. */
export function emitConfiguration(plan: BodyPlan, authorizer: EmittedAuthorizer): readonly Artifact[] {
  const { gateway, apis, stageName } = plan;
  const { template } = layOut(plan, authorizer, 'code in files');
  const global = hasDistribution(gateway) ? globalTemplate(gateway, []) : undefined;
  const configuration = translate(oneConfiguration(template, global), `${gateway.name}-${stageName}`);
  const { variable, output, locals, ...main } = configuration;
  const bodies = apis.map((api) => bodyOf(api.suffix, configuration));
  const inFiles = new Set(bodies.map(({ local }) => local));
  const others = Object.entries(locals).filter(([name]) => !inFiles.has(name));
  return [
    { path: 'main.tf.json', contents: printJson({ ...main, locals: Object.fromEntries(others) }) },
    { path: 'variables.tf.json', contents: printJson({ variable }) },
    { path: 'outputs.tf.json', contents: printJson({ output }) },
    ...bodies.map(({ file, local, value }) => ({
      path: file,
      contents: printJson({ locals: { [local]: value } }),
    })),
    ...(authorizer.used ? authorizer.files : []),
    { path: 'README.md', contents: configurationReadme(plan, configuration) },
  ];
}

/** The body of an API has a file of its own: it is most of the configuration. */
function bodyOf(suffix: string, { locals }: Required<Configuration>) {
  const local = `${nameOf(idOf('RestApi', { suffix }))}_body`;
  const value = locals[local];
  if (value === undefined) throw new Error(`the configuration has no local value ${local}`);
  return { file: `openapi${suffix === '' ? '' : `-${suffix}`}.tf.json`, local, value };
}
