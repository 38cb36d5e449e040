import type { Mapping } from '../mapping.ts';
import { distribution, edgeFunction, responseHeadersPolicy, secret } from './edge.ts';
import { apiMapping, certificate, domainName, recordSet } from './front-door.ts';
import { lambdaFunction, permission, role } from './function.ts';
import { securityGroup, vpcLink } from './network.ts';
import { alarm, dashboard, logGroup, samplingRule } from './observation.ts';
import {
  account,
  apiKey,
  clientCertificate,
  deployment,
  restApi,
  stage,
  usagePlan,
  usagePlanKey,
} from './rest-api.ts';
import { ipSet, webAcl, webAclAssociation, webAclLogging } from './web-acl.ts';

const mappings: { readonly [type: string]: Mapping } = {
  'AWS::ApiGateway::Account': account,
  'AWS::ApiGateway::ApiKey': apiKey,
  'AWS::ApiGateway::ClientCertificate': clientCertificate,
  'AWS::ApiGateway::Deployment': deployment,
  'AWS::ApiGateway::DomainName': domainName,
  'AWS::ApiGateway::RestApi': restApi,
  'AWS::ApiGateway::Stage': stage,
  'AWS::ApiGateway::UsagePlan': usagePlan,
  'AWS::ApiGateway::UsagePlanKey': usagePlanKey,
  'AWS::ApiGatewayV2::ApiMapping': apiMapping,
  'AWS::ApiGatewayV2::VpcLink': vpcLink,
  'AWS::CertificateManager::Certificate': certificate,
  'AWS::CloudFront::Distribution': distribution,
  'AWS::CloudFront::Function': edgeFunction,
  'AWS::CloudFront::ResponseHeadersPolicy': responseHeadersPolicy,
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::Dashboard': dashboard,
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::IAM::Role': role,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::Permission': permission,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::Route53::RecordSet': recordSet,
  'AWS::SecretsManager::Secret': secret,
  'AWS::WAFv2::IPSet': ipSet,
  'AWS::WAFv2::LoggingConfiguration': webAclLogging,
  'AWS::WAFv2::WebACL': webAcl,
  'AWS::WAFv2::WebACLAssociation': webAclAssociation,
  'AWS::XRay::SamplingRule': samplingRule,
};

export function mappingOf(type: string): Mapping {
  const found = Object.hasOwn(mappings, type) ? mappings[type] : undefined;
  if (found === undefined) throw new RangeError(`no equal of ${type} in Terraform is known`);
  return found;
}
