import type { MethodSetting, Stage, WebAcl } from './deployed.ts';
import { isRecord, listOf, optionalRecord, optionalText, recordOf, textMembers, textOf } from './json.ts';
import type { ResolvedResource, ResolvedTemplate } from './resolve-template.ts';
import { attribute } from './resource-names.ts';

/** AWS::ApiGateway::Stage with what is attached to it. */
export function loadStage(resource: ResolvedResource, apiId: string, template: ResolvedTemplate): Stage {
  const { logicalId, properties } = resource;
  const name = textOf(properties['StageName'], logicalId);
  const log = properties['AccessLogSetting'];
  return {
    name,
    variables: textMembers(properties['Variables'], `${logicalId}.Variables`),
    methodSettings: listOf(properties['MethodSettings'] ?? [], logicalId).map((one) =>
      methodSetting(recordOf(one, logicalId)),
    ),
    accessLogFormat: isRecord(log) ? optionalText(log['Format'], logicalId) : undefined,
    webAcl: webAclOf(apiId, name, template),
  };
}

function methodSetting(one: ReturnType<typeof recordOf>): MethodSetting {
  const number = (name: string): number | undefined =>
    one[name] === undefined ? undefined : Number(one[name]);
  return {
    httpMethod: textOf(one['HttpMethod'], 'HttpMethod'),
    resourcePath: textOf(one['ResourcePath'], 'ResourcePath'),
    rateLimit: number('ThrottlingRateLimit'),
    burstLimit: number('ThrottlingBurstLimit'),
  };
}

/** The web ACL of the association whose ARN is that of the stage (AWS::WAFv2::WebACLAssociation). */
function webAclOf(apiId: string, stage: string, { place, resources }: ResolvedTemplate): WebAcl | undefined {
  const all = [...resources.values()];
  const arn = `arn:${place.partition}:apigateway:${place.region}::/restapis/${apiId}/stages/${stage}`;
  const association = all.find(
    ({ properties, type }) => type === 'AWS::WAFv2::WebACLAssociation' && properties['ResourceArn'] === arn,
  );
  if (association === undefined) return undefined;
  const arnOf = (one: ResolvedResource): string =>
    attribute({ ...one, property: (name) => one.properties[name] }, 'Arn', place);
  const acl = all.find(
    (one) => one.type === 'AWS::WAFv2::WebACL' && arnOf(one) === association.properties['WebACLArn'],
  );
  if (acl === undefined) throw new Error(`${association.logicalId} names no web ACL`);
  const sets = all.flatMap((one): [string, readonly string[]][] => {
    if (one.type === 'AWS::WAFv2::IPSet')
      return [[arnOf(one), listOf(one.properties['Addresses'], one.logicalId).map(String)]];
    if (one.type === 'AWS::WAFv2::RegexPatternSet')
      return [[arnOf(one), listOf(one.properties['RegularExpressionList'], one.logicalId).map(String)]];
    return [];
  });
  return {
    defaultAction: recordOf(acl.properties['DefaultAction'], acl.logicalId),
    rules: listOf(acl.properties['Rules'] ?? [], acl.logicalId).map((one) => recordOf(one, acl.logicalId)),
    customBodies: optionalRecord(acl.properties['CustomResponseBodies'], acl.logicalId),
    sets: new Map(sets),
  };
}
