import { isRecord, type JsonRecord } from '../stack/json.ts';
import type { Finding } from './finding.ts';

/**
 * Who may call functions: API Gateway only, for one API only (AWS::Lambda::Permission). cfn-guard's rule about this reads
 * no `Fn::Sub`, which is what the ARN of an API is made with.
 */
export function checkPermissions(template: JsonRecord): readonly Finding[] {
  const resources = isRecord(template['Resources']) ? template['Resources'] : {};
  return Object.entries(resources).flatMap(([logicalId, resource]) => {
    if (!isRecord(resource) || resource['Type'] !== 'AWS::Lambda::Permission') return [];
    const { Principal, SourceArn } = isRecord(resource['Properties']) ? resource['Properties'] : {};
    const ofOne =
      Principal === 'apigateway.amazonaws.com' && /:execute-api:/.test(JSON.stringify(SourceArn ?? ''));
    return ofOne ? [] : [{ rule: 'permission', resource: logicalId, message: 'may be called by others' }];
  });
}
