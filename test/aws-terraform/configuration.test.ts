import { describe, expect, test } from 'vitest';
import type { Gateway } from '../../src/model/gateway.ts';
import { globalTemplate } from '../../src/targets/aws/edge/global-template.ts';
import { hasDistribution } from '../../src/targets/aws/edge/has-distribution.ts';
import { emittedAuthorizer } from '../../src/targets/aws/emitted-authorizer.ts';
import { aws } from '../../src/targets/aws/index.ts';
import { planBodies } from '../../src/targets/aws/plan-bodies.ts';
import type { Template } from '../../src/targets/aws/template/cloudformation.ts';
import { layOut } from '../../src/targets/aws/template/lay-out.ts';
import { compile } from '../../src/targets/compile.ts';
import { negotiate } from '../../src/targets/negotiate.ts';
import { checkConfiguration, readConfiguration } from './check-configuration.ts';
import { evaluated } from './evaluated.ts';
import { forTerraform, models } from './models.ts';

function artifactsOf(model: Gateway) {
  const { artifacts, diagnostics } = compile(model, aws);
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual(
    [],
  );
  return artifacts;
}

/** Templates of the same gateway, whatever their size. */
function templatesOf(model: Gateway): readonly Template[] {
  const authorizer = emittedAuthorizer(model);
  const { lowered } = negotiate(model, aws);
  const { template } = layOut(planBodies(model, lowered, authorizer.guardOf), authorizer, 'inline');
  return hasDistribution(model) ? [template, globalTemplate(model, [])] : [template];
}

/** Resources of CloudFormation that are one of Terraform each; written down again, so that no mistake is made twice. */
const types: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Account': 'aws_api_gateway_account',
  'AWS::ApiGateway::ApiKey': 'aws_api_gateway_api_key',
  'AWS::ApiGateway::ClientCertificate': 'aws_api_gateway_client_certificate',
  'AWS::ApiGateway::Deployment': 'aws_api_gateway_deployment',
  'AWS::ApiGateway::DomainName': 'aws_api_gateway_domain_name',
  'AWS::ApiGateway::RestApi': 'aws_api_gateway_rest_api',
  'AWS::ApiGateway::Stage': 'aws_api_gateway_stage',
  'AWS::ApiGateway::UsagePlan': 'aws_api_gateway_usage_plan',
  'AWS::ApiGateway::UsagePlanKey': 'aws_api_gateway_usage_plan_key',
  'AWS::ApiGatewayV2::ApiMapping': 'aws_apigatewayv2_api_mapping',
  'AWS::ApiGatewayV2::VpcLink': 'aws_apigatewayv2_vpc_link',
  'AWS::CertificateManager::Certificate': 'aws_acm_certificate',
  'AWS::CloudFront::Distribution': 'aws_cloudfront_distribution',
  'AWS::CloudFront::Function': 'aws_cloudfront_function',
  'AWS::CloudFront::ResponseHeadersPolicy': 'aws_cloudfront_response_headers_policy',
  'AWS::CloudWatch::Alarm': 'aws_cloudwatch_metric_alarm',
  'AWS::CloudWatch::Dashboard': 'aws_cloudwatch_dashboard',
  'AWS::EC2::SecurityGroup': 'aws_security_group',
  'AWS::IAM::Role': 'aws_iam_role',
  'AWS::Lambda::Function': 'aws_lambda_function',
  'AWS::Lambda::Permission': 'aws_lambda_permission',
  'AWS::Logs::LogGroup': 'aws_cloudwatch_log_group',
  'AWS::Route53::RecordSet': 'aws_route53_record',
  'AWS::SecretsManager::Secret': 'aws_secretsmanager_secret',
  'AWS::WAFv2::IPSet': 'aws_wafv2_ip_set',
  'AWS::WAFv2::LoggingConfiguration': 'aws_wafv2_web_acl_logging_configuration',
  'AWS::WAFv2::WebACL': 'aws_wafv2_web_acl',
  'AWS::WAFv2::WebACLAssociation': 'aws_wafv2_web_acl_association',
  'AWS::XRay::SamplingRule': 'aws_xray_sampling_rule',
};

const count = (all: readonly string[]): Readonly<Record<string, number>> => {
  const counted: Record<string, number> = {};
  for (const one of all) counted[one] = (counted[one] ?? 0) + 1;
  return counted;
};

describe.each(Object.entries(models))('a gateway with %s', (_, model) => {
  const terraform = forTerraform(model);

  test('is a configuration that the provider takes and that refers to nothing outside of it', () => {
    expect(checkConfiguration(readConfiguration(artifactsOf(terraform)))).toEqual([]);
  });

  test('has the resources that its templates have', () => {
    const expected = templatesOf(model).flatMap(({ Resources }) =>
      Object.values(Resources).map(({ Type }) => types[Type] ?? Type),
    );
    const { resource } = readConfiguration(artifactsOf(terraform));
    const proofs = Object.entries(resource['aws_route53_record'] ?? {}).filter(([name]) =>
      name.endsWith('_proof'),
    );
    const found = Object.entries(resource).flatMap(([type, named]) =>
      Object.values(types).includes(type) ? Object.keys(named).map(() => type) : [],
    );
    expect(count(found)).toEqual(count([...expected, ...proofs.map(() => 'aws_route53_record')]));
  });

  test('serves the same bodies', () => {
    const [template] = templatesOf(model);
    const { locals } = readConfiguration(artifactsOf(terraform));
    const bodies = Object.entries(template?.Resources ?? {}).filter(([id]) => /^RestApi\d*$/.test(id));
    expect(bodies.length).toBeGreaterThan(0);
    for (const [id, { Properties }] of bodies) {
      const body = locals[`${id.replace('RestApi', 'rest_api')}_body`];
      expect(read(body, inTerraform)).toEqual(
        read((Properties as { Body?: unknown }).Body, inCloudFormation),
      );
    }
  });

  test('reads the same whenever it is built', () => {
    expect(artifactsOf(terraform)).toEqual(artifactsOf(terraform));
  });
});

/** A tree with every reference as its name. */
function read(value: unknown, reading: (value: unknown) => unknown): unknown {
  const known = reading(value);
  if (known !== undefined) return known;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => read(one, reading));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [String(reading(name) ?? name), read(one, reading)]),
  );
}

/** Everything that bodies refer to. */
const names: Readonly<Record<string, string>> = {
  'AWS::Partition': 'data.aws_partition.current.partition',
  'AWS::Region': 'data.aws_region.current.region',
  'AWS::AccountId': 'data.aws_caller_identity.current.account_id',
  'Authorizer.Arn': 'aws_lambda_function.authorizer.arn',
  VpcLink: 'aws_apigatewayv2_vpc_link.vpc_link.id',
  LoadBalancerArn: 'var.load_balancer_arn',
};

const secret = '{{resolve:secretsmanager:shop/upstream:SecretString:token}}';

function inCloudFormation(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(secret, 'THE SECRET');
  const { Ref, 'Fn::Sub': sub } = (value ?? {}) as { readonly Ref?: string; readonly 'Fn::Sub'?: string };
  if (Ref !== undefined) return names[Ref];
  return sub?.replace(/\$\{([^}]+)\}/g, (_, name: string) => names[name] ?? 'nothing');
}

function inTerraform(value: unknown): unknown {
  if (typeof value !== 'string') return undefined;
  const own = Object.fromEntries(Object.values(names).map((name) => [name, name]));
  const read = value.replace(
    /\$\{jsondecode\(data\.aws_secretsmanager_secret_version\.\w+\.secret_string\)\["token"\]\}/g,
    'THE SECRET',
  );
  return evaluated(read, own);
}
