import type { Gateway } from '../../model/gateway.ts';
import type { Artifact, Lowered } from '../target.ts';
import type { BodyPlan } from './body/body-plan.ts';
import { globalTemplate } from './edge/global-template.ts';
import { hasDistribution } from './edge/has-distribution.ts';
import { type EmittedAuthorizer, emittedAuthorizer } from './emitted-authorizer.ts';
import type { GatewayParts, OperationParts } from './features/parts.ts';
import { planBodies } from './plan-bodies.ts';
import { printCompactJson, printJson } from './print-json.ts';
import { layOut, type Packaging } from './template/lay-out.ts';
import { emitConfiguration } from './terraform/emit-configuration.ts';
import { readme } from './view/readme-view.ts';

/**
 * `create-stack` takes a template of at most 51,200 bytes ("AWS CloudFormation quotas"); some of it is left for tags and
 * parameters. What is larger stands in files that `aws cloudformation package` uploads.
 */
const inlineLimit = 45_000;

/** The folder that one command deploys, sorted by path. Pure: equal gateways give the same bytes. */
export function emit(gateway: Gateway, lowered: Lowered<OperationParts, GatewayParts>): readonly Artifact[] {
  const authorizer = emittedAuthorizer(gateway);
  const plan = planBodies(gateway, lowered, authorizer.guardOf);
  const files =
    gateway.targets.aws.format.value === 'terraform'
      ? emitConfiguration(plan, authorizer)
      : emitTemplate(plan, authorizer);
  return [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function emitTemplate(plan: BodyPlan, authorizer: EmittedAuthorizer): readonly Artifact[] {
  const { gateway } = plan;
  const inline = layOut(plan, authorizer, 'inline');
  const printed = [printJson(inline.template), printCompactJson(inline.template)].find(
    (text) => Buffer.byteLength(text) <= inlineLimit,
  );
  const packaging: Packaging = printed === undefined ? 'files' : 'inline';
  const { template, bodies } = packaging === 'inline' ? inline : layOut(plan, authorizer, 'files');
  return [
    { path: 'template.json', contents: printed ?? printJson(template) },
    { path: 'parameters.json', contents: printJson(parameterFile(template.Parameters ?? {})) },
    ...bodies.map(({ file, body }) => ({ path: file, contents: printJson(body as object) })),
    ...(packaging === 'files' ? authorizer.files : []),
    ...(hasDistribution(gateway)
      ? [{ path: 'us-east-1.json', contents: printJson(globalTemplate(gateway, [])) }]
      : []),
    { path: 'README.md', contents: readme(plan, template, packaging) },
  ];
}

/** Every parameter with its default, to be filled in: what `aws cloudformation deploy --parameter-overrides` reads. */
function parameterFile(parameters: { readonly [name: string]: { readonly Default?: string } }) {
  return Object.entries(parameters).map(([ParameterKey, { Default = '' }]) => ({
    ParameterKey,
    ParameterValue: Default,
  }));
}
