import { portableName } from '../../../model/origin.ts';
import { markdownCode, markdownText } from '../../../render/markdown-token.ts';
import { renderTemplate } from '../../../render/render-template.ts';
import type { BodyPlan } from '../body/body-plan.ts';
import { hasDistribution } from '../edge/has-distribution.ts';
import type { Template } from '../template/cloudformation.ts';
import type { Packaging } from '../template/lay-out.ts';

/** The emitted folder's README: how it is deployed, updated and rolled back, what must be filled in, what it makes. */
export function readme(plan: BodyPlan, template: Template, packaging: Packaging): string {
  return renderTemplate('aws/README.md', readmeView(plan, template, packaging) satisfies ReadmeView);
}

type ReadmeView = ReturnType<typeof readmeView>;

function readmeView({ gateway, apis, stageName }: BodyPlan, template: Template, packaging: Packaging) {
  const parameters = Object.entries(template.Parameters ?? {});
  const hosts = [...new Set(apis.flatMap((api) => api.hosts.map(({ name }) => name)))];
  return {
    name: markdownText(gateway.name),
    documents: gateway.documents.map(({ file, title, version }) => ({
      file: markdownCode(portableName(file)),
      title: markdownText(`${title} ${version}`),
    })),
    stack: markdownCode(`${gateway.name}-${stageName}`),
    stage: markdownCode(stageName),
    files: packaging === 'files',
    edge: hasDistribution(gateway),
    hosts: hosts.map((host) => ({ host: markdownCode(host) })),
    resources: Object.keys(template.Resources).length,
    hasParameters: parameters.length > 0,
    parameters: parameters.map(([name, { Default, Description }]) => ({
      name: markdownCode(name),
      preset: markdownText(Default === undefined ? 'required' : Default === '' ? 'empty' : Default),
      what: markdownText(Description),
    })),
    fields: markdownText(gateway.accessLog.fields.value.join(', ')),
    redacted: markdownText(gateway.accessLog.redact.join(', ')),
  };
}
