import type { Json } from '../../template/cloudformation.ts';
import type { Block } from '../configuration.ts';
import type { Mapping, Place } from '../mapping.ts';
import { argument, beside, block, listOf } from '../rules.ts';
import { intrinsicOf, isList, jsonOf } from '../value.ts';

export const domainName: Mapping = {
  type: 'aws_api_gateway_domain_name',
  properties: {
    DomainName: argument('domain_name'),
    RegionalCertificateArn: argument('regional_certificate_arn'),
    SecurityPolicy: argument('security_policy'),
    EndpointAccessMode: argument('endpoint_access_mode'),
    EndpointConfiguration: block('endpoint_configuration', {
      Types: argument('types'),
      IpAddressType: argument('ip_address_type'),
    }),
    MutualTlsAuthentication: block('mutual_tls_authentication', {
      TruststoreUri: argument('truststore_uri'),
      TruststoreVersion: argument('truststore_version'),
    }),
    OwnershipVerificationCertificateArn: argument('ownership_verification_certificate_arn'),
  },
  attributes: {
    Ref: 'domain_name',
    RegionalDomainName: 'regional_domain_name',
    RegionalHostedZoneId: 'regional_zone_id',
  },
};

export const apiMapping: Mapping = {
  type: 'aws_apigatewayv2_api_mapping',
  properties: {
    DomainName: argument('domain_name'),
    ApiId: argument('api_id'),
    Stage: argument('stage'),
    ApiMappingKey: argument('api_mapping_key'),
  },
};

export const recordSet: Mapping = {
  type: 'aws_route53_record',
  properties: {
    HostedZoneId: argument('zone_id'),
    Name: argument('name'),
    Type: argument('type'),
    AliasTarget: block(
      'alias',
      { DNSName: argument('name'), HostedZoneId: argument('zone_id') },
      { evaluate_target_health: false },
    ),
  },
};

/**
 * CloudFormation waits until the certificate is issued, and writes the record that proves who owns the name where it
 * knows the zone. Here that is two more resources; who names the certificate names the one that waits.
 */
export const certificate: Mapping = {
  type: 'aws_acm_certificate',
  properties: {
    DomainName: argument('domain_name'),
    ValidationMethod: argument('validation_method'),
    DomainValidationOptions: beside,
  },
  attributes: { Ref: { type: 'aws_acm_certificate_validation', attribute: 'certificate_arn' } },
  createFirst: true,
  beside: (place) => {
    const proof = proofOf(place);
    const records = `aws_route53_record.${place.name}_proof[*].fqdn`;
    const validation: Block = {
      kind: 'resource',
      type: 'aws_acm_certificate_validation',
      name: place.name,
      arguments: {
        certificate_arn: `\${aws_acm_certificate.${place.name}.arn}`,
        ...(proof === undefined
          ? {}
          : { validation_record_fqdns: `\${${proof.condition} ? ${records} : null}` }),
      },
    };
    return proof === undefined ? [validation] : [validation, proofRecord(place, proof)];
  },
};

interface Proof {
  readonly condition: string;
  readonly zone: Json;
}

/** One name in one zone, where there is a zone. */
function proofOf(place: Place): Proof | undefined {
  const options = place.property('DomainValidationOptions');
  if (options === undefined) return undefined;
  const [name, parts] = intrinsicOf(options) ?? [];
  const [condition, then] = isList(parts ?? null) ? (parts as readonly Json[]) : [];
  const [only, ...more] = listOf(then, place);
  const { HostedZoneId: zone } = (only ?? {}) as { readonly [member: string]: Json };
  if (name !== 'Fn::If' || zone === undefined || more.length > 0)
    throw new RangeError(
      `no equal of the DomainValidationOptions of ${place.logicalId} in Terraform is known`,
    );
  return { condition: place.scope.condition(String(condition)), zone };
}

/** Certificates of one name in two regions share their proof (AWS Certificate Manager User Guide, "DNS validation"). */
function proofRecord({ name, scope }: Place, { condition, zone }: Proof): Block {
  const shown = (attribute: string): string =>
    `\${one(aws_acm_certificate.${name}.domain_validation_options).resource_record_${attribute}}`;
  return {
    kind: 'resource',
    type: 'aws_route53_record',
    name: `${name}_proof`,
    arguments: {
      count: `\${${condition} ? 1 : 0}`,
      zone_id: jsonOf(zone, scope),
      name: shown('name'),
      type: shown('type'),
      records: [shown('value')],
      ttl: 60,
      allow_overwrite: true,
    },
  };
}
