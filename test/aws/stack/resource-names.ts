import { createHash } from 'node:crypto';
import type { Json } from './json.ts';

/** Where the stack is said to be. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly stack: string;
}

/** What names of a resource are made of: its logical id and a property when it is text. */
interface Named {
  readonly logicalId: string;
  readonly type: string;
  readonly property: (name: string) => Json | undefined;
}

/** An identifier as API Gateway gives it: ten lower-case letters and digits, the same for the same logical id. */
function apiGatewayId(logicalId: string): string {
  return `a${createHash('sha256').update(logicalId).digest('hex').slice(0, 9)}`;
}

/** What `Ref` yields (CloudFormation Template Reference, "Return values" of each resource type). */
export function physicalId(resource: Named, place: Place): string {
  const { logicalId, type, property } = resource;
  const given = (name: string): string => {
    const value = property(name);
    return typeof value === 'string' ? value : `${place.stack}-${logicalId}`;
  };
  switch (type) {
    case 'AWS::ApiGateway::Stage':
      return given('StageName');
    case 'AWS::ApiGateway::DomainName':
      return given('DomainName');
    case 'AWS::Lambda::Function':
      return given('FunctionName');
    case 'AWS::Logs::LogGroup':
      return given('LogGroupName');
    case 'AWS::IAM::Role':
      return given('RoleName');
    case 'AWS::WAFv2::WebACL':
    case 'AWS::WAFv2::IPSet':
      return `${given('Name')}|${apiGatewayId(logicalId)}|${given('Scope')}`;
    case 'AWS::CertificateManager::Certificate':
      return arn('acm', `certificate/${apiGatewayId(logicalId)}`, place);
    case 'AWS::S3::Bucket':
      return given('BucketName');
    default:
      return apiGatewayId(logicalId);
  }
}

/** What `Fn::GetAtt` yields for the attributes that templates of gateways read. */
export function attribute(resource: Named, name: string, place: Place): string {
  const { logicalId, type } = resource;
  const id = physicalId(resource, place);
  if (name === 'Arn') return arnOf(type, id, logicalId, place);
  switch (`${type}.${name}`) {
    case 'AWS::ApiGateway::RestApi.RestApiId':
    case 'AWS::ApiGateway::Deployment.DeploymentId':
    case 'AWS::ApiGatewayV2::VpcLink.VpcLinkId':
    case 'AWS::EC2::SecurityGroup.GroupId':
    case 'AWS::CloudFront::Distribution.Id':
      return id;
    case 'AWS::ApiGateway::RestApi.RootResourceId':
      return apiGatewayId(`${logicalId}/`);
    case 'AWS::ApiGateway::DomainName.RegionalDomainName':
      return `d-${apiGatewayId(logicalId)}.execute-api.${place.region}.amazonaws.com`;
    case 'AWS::ApiGateway::DomainName.RegionalHostedZoneId':
      return 'Z00000000000000000000';
    case 'AWS::CloudFront::Distribution.DomainName':
      return `${id}.cloudfront.net`;
    case 'AWS::CloudFront::Function.FunctionARN':
      return arn('cloudfront', `function/${id}`, place);
    default:
      throw new Error(`${logicalId}: no attribute ${name} of ${type} is known`);
  }
}

function arnOf(type: string, id: string, logicalId: string, place: Place): string {
  switch (type) {
    case 'AWS::Lambda::Function':
      return arn('lambda', `function:${id}`, place);
    case 'AWS::Logs::LogGroup':
      return arn('logs', `log-group:${id}:*`, place);
    case 'AWS::IAM::Role':
      return `arn:${place.partition}:iam::${place.account}:role/${id}`;
    case 'AWS::WAFv2::WebACL':
      return arn('wafv2', `regional/webacl/${id.replaceAll('|', '/')}`, place);
    case 'AWS::WAFv2::IPSet':
      return arn('wafv2', `regional/ipset/${logicalId}`, place);
    case 'AWS::WAFv2::RegexPatternSet':
      return arn('wafv2', `regional/regexpatternset/${logicalId}`, place);
    case 'AWS::S3::Bucket':
      return `arn:${place.partition}:s3:::${id}`;
    default:
      return arn('unknown', `${logicalId}`, place);
  }
}

const arn = (service: string, resource: string, { partition, region, account }: Place): string =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;
