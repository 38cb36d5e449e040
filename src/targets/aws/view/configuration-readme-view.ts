import { portableName } from '../../../model/origin.ts';
import { markdownCode, markdownText } from '../../../render/markdown-token.ts';
import { renderTemplate } from '../../../render/render-template.ts';
import type { BodyPlan } from '../body/body-plan.ts';
import { hasDistribution } from '../edge/has-distribution.ts';
import type { Arguments, Configuration } from '../terraform/configuration.ts';

/** The README of a folder for Terraform: how it is applied, updated and rolled back, and what its state holds. */
export function configurationReadme(plan: BodyPlan, configuration: Required<Configuration>): string {
  return renderTemplate(
    'aws/terraform/README.md',
    configurationReadmeView(plan, configuration) satisfies ConfigurationReadmeView,
  );
}

type ConfigurationReadmeView = ReturnType<typeof configurationReadmeView>;

function configurationReadmeView(
  { gateway, apis, stageName }: BodyPlan,
  { variable, resource, data }: Required<Configuration>,
) {
  const hosts = [...new Set(apis.flatMap((api) => api.hosts.map(({ name }) => name)))];
  const edge = hasDistribution(gateway);
  const credentials = data['aws_secretsmanager_secret_version'] !== undefined;
  return {
    name: markdownText(gateway.name),
    documents: gateway.documents.map(({ file, title, version }) => ({
      file: markdownCode(portableName(file)),
      title: markdownText(`${title} ${version}`),
    })),
    stage: markdownCode(stageName),
    resources: Object.values(resource).reduce((sum, named) => sum + Object.keys(named).length, 0),
    authorizer: data['archive_file'] !== undefined,
    edge,
    policy: Object.values(resource['aws_api_gateway_rest_api'] ?? {}).some(
      ({ policy }) => policy !== undefined,
    ),
    webAcl: resource['aws_wafv2_web_acl'] !== undefined,
    credentials,
    secrets: edge || credentials,
    hosts: hosts.map((host) => ({ host: markdownCode(host) })),
    variables: Object.entries(variable).map(([name, one]) => ({
      name: markdownCode(name),
      preset: markdownText(presetOf(one)),
      what: markdownText(String(one['description'])),
    })),
    fields: markdownText(gateway.accessLog.fields.value.join(', ')),
    redacted: markdownText(gateway.accessLog.redact.join(', ')),
  };
}

function presetOf({ default: preset }: Arguments): string {
  if (preset === undefined) return 'required';
  return preset === '' ? 'empty' : String(preset);
}
