import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Deployed, Domain, LoadedStack, Mapping } from './deployed.ts';
import { importBody } from './import-body.ts';
import { isRecord, type JsonRecord, optionalRecord, optionalText, recordOf, textOf } from './json.ts';
import { loadFunctions } from './load-functions.ts';
import { loadStage } from './load-stage.ts';
import { loadUsagePlans } from './load-usage-plans.ts';
import {
  type ResolvedResource,
  type ResolvedTemplate,
  resolveTemplate,
  type TemplateInput,
} from './resolve-template.ts';
import { physicalId } from './resource-names.ts';

/** Resources that an interpretation does without: they change no answer to a request. */
const silent =
  /^AWS::(ApiGateway::(Account|Deployment|ClientCertificate|VpcLink)|ApiGatewayV2::VpcLink|CertificateManager::|CloudWatch::|EC2::SecurityGroup|IAM::|Logs::|Route53::|SNS::|S3::|SecretsManager::Secret$|WAFv2::(IPSet|RegexPatternSet|LoggingConfiguration)|Lambda::Version|CloudFront::)/;
const read =
  /^AWS::(ApiGateway::(RestApi|Stage|DomainName|BasePathMapping|UsagePlan|UsagePlanKey|ApiKey)|ApiGatewayV2::ApiMapping|Lambda::(Function|Permission)|WAFv2::(WebACL|WebACLAssociation))$/;

/** A folder of `gwc build -t aws` as CloudFormation would deploy it. Throws where the deployment would fail. */
export function loadStack(folder: string, input: TemplateInput): LoadedStack {
  const template = recordOf(JSON.parse(readFileSync(join(folder, 'template.json'), 'utf8')), 'the template');
  return deploy(resolveTemplate(template, withParameters(folder, template, input)), folder);
}

/** Values of `parameters.json` under those of the test; the parameters that have neither are the test's to give. */
function withParameters(folder: string, template: JsonRecord, input: TemplateInput): TemplateInput {
  const path = join(folder, 'parameters.json');
  if (!existsSync(path)) return input;
  const written: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const known = optionalRecord(template['Parameters'], 'Parameters');
  const pairs = Array.isArray(written)
    ? written.map((one) => [String(one.ParameterKey), String(one.ParameterValue)] as const)
    : Object.entries(recordOf(written, 'parameters')).map(([name, value]) => [name, String(value)] as const);
  const filled = pairs.filter(([name, value]) => Object.hasOwn(known, name) && value !== '');
  return { ...input, parameters: { ...Object.fromEntries(filled), ...input.parameters } };
}

function deploy(template: ResolvedTemplate, folder: string): LoadedStack {
  const { place, resources } = template;
  for (const { logicalId, type } of resources.values())
    if (!silent.test(type) && !read.test(type)) throw new Error(`${logicalId}: ${type} is not interpreted`);
  const idOf = (one: ResolvedResource): string =>
    physicalId({ ...one, property: (name) => one.properties[name] }, place);
  const ofType = (type: string): readonly ResolvedResource[] =>
    [...resources.values()].filter((one) => one.type === type);
  const apis = new Map(
    ofType('AWS::ApiGateway::RestApi').map((one) => {
      const { Body, BodyS3Location, Policy, ApiKeySourceType, DisableExecuteApiEndpoint } = one.properties;
      const body = Body ?? storedBody(folder, BodyS3Location);
      const properties = {
        id: idOf(one),
        policy: isRecord(Policy) ? Policy : undefined,
        keySource: optionalText(ApiKeySourceType, one.logicalId),
        executeApiDisabled: DisableExecuteApiEndpoint === true,
      };
      return [properties.id, importBody(recordOf(body, `${one.logicalId}.Body`), properties, place)];
    }),
  );
  const deployed: Deployed[] = ofType('AWS::ApiGateway::Stage').map((one) => {
    const api = apis.get(textOf(one.properties['RestApiId'], one.logicalId));
    if (api === undefined) throw new Error(`${one.logicalId} is a stage of no API`);
    const deployment = ofType('AWS::ApiGateway::Deployment').find(
      (candidate) => idOf(candidate) === one.properties['DeploymentId'],
    );
    if (deployment?.properties['RestApiId'] !== api.id)
      throw new Error(`${one.logicalId}: its deployment is of another API`);
    return { api, stage: loadStage(one, api.id, template) };
  });
  return {
    domains: ofType('AWS::ApiGateway::DomainName').map((one): Domain => {
      const name = textOf(one.properties['DomainName'], one.logicalId);
      return {
        name,
        mappings: mappingsOf(name, template, deployed),
        mutualTls: one.properties['MutualTlsAuthentication'] !== undefined,
      };
    }),
    deployed,
    usagePlans: loadUsagePlans(template, idOf),
    functions: loadFunctions(template, folder, idOf),
    outputs: template.outputs,
  };
}

/** The document beside the template, whose path `BodyS3Location` is until the packaging command has put it elsewhere. */
function storedBody(folder: string, location: unknown): unknown {
  return JSON.parse(readFileSync(join(folder, textOf(location, 'BodyS3Location')), 'utf8'));
}

function mappingsOf(
  domain: string,
  { resources }: ResolvedTemplate,
  deployed: readonly Deployed[],
): Mapping[] {
  return [...resources.values()].flatMap(({ logicalId, properties, type }): Mapping[] => {
    const single = type === 'AWS::ApiGateway::BasePathMapping';
    if ((!single && type !== 'AWS::ApiGatewayV2::ApiMapping') || properties['DomainName'] !== domain)
      return [];
    const api = properties[single ? 'RestApiId' : 'ApiId'];
    const found = deployed.find((one) => one.api.id === api && one.stage.name === properties['Stage']);
    if (found === undefined) throw new Error(`${logicalId} maps to no stage`);
    const key = properties[single ? 'BasePath' : 'ApiMappingKey'] ?? '';
    return [{ key: textOf(key, logicalId), deployed: found }];
  });
}
