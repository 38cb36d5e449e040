import { ifElse, type Json, type Parameter, type Resource, sub } from '../template/cloudformation.ts';
import { originSecretHeader } from './names.ts';

/**
 * What proves to the regional API that a request passed the distribution. There are two secrets, so that one can be
 * replaced while the other is in use: a new generation of the idle one, then `EdgeSends` names it. A dynamic
 * reference works in every property of a resource and is resolved again when it changes (CloudFormation User Guide,
 * "Get a secret or secret value from Secrets Manager"); the generation is part of the secret's name, so it does.
 */
const secrets = ['A', 'B'] as const;

const sendsB = 'EdgeSendsSecretB';

export const originSecretParameters: Readonly<Record<string, Parameter>> = {
  EdgeSends: {
    Type: 'String',
    Description:
      'Which secret the distribution sends to the regional API. Change it after the generation of the other.',
    Default: 'A',
    AllowedValues: secrets,
  },
  ...Object.fromEntries(
    secrets.map((letter) => [
      `EdgeGeneration${letter}`,
      {
        Type: 'Number',
        Description: `Counts up to replace secret ${letter}, while the other one is sent.`,
        Default: '1',
      } satisfies Parameter,
    ]),
  ),
};

export const originSecretConditions: Readonly<Record<string, Json>> = {
  [sendsB]: { 'Fn::Equals': [{ Ref: 'EdgeSends' }, 'B'] },
};

export const originSecretResources: Readonly<Record<string, Resource>> = Object.fromEntries(
  secrets.map((letter) => [
    `EdgeOriginSecret${letter}`,
    {
      Type: 'AWS::SecretsManager::Secret',
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
      Properties: {
        Name: sub(`\${AWS::StackName}/edge-origin-${letter.toLowerCase()}-\${EdgeGeneration${letter}}`),
        Description: 'Sent by the CloudFront distribution to the regional API, which answers nobody else.',
        GenerateSecretString: { PasswordLength: 48, ExcludePunctuation: true },
      },
    } satisfies Resource,
  ]),
);

/** The custom header of the origin; CloudFront writes it over a client's (Developer Guide, "Add custom headers to origin requests"). */
export const originSecretCustomHeader: Json = {
  HeaderName: originSecretHeader,
  HeaderValue: ifElse(sendsB, secretValue('B'), secretValue('A')),
};

/**
 * The rule of the regional web ACL that blocks whoever did not come through a distribution. It goes first, because the
 * rules behind it believe `x-gwc-viewer-address`.
 */
export function originSecretRule(priority: number): Json {
  const name = 'through-the-distribution-only';
  return {
    Name: name,
    Priority: priority,
    Action: { Block: {} },
    Statement: { NotStatement: { Statement: { OrStatement: { Statements: secrets.map(carriesSecret) } } } },
    VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true, MetricName: name },
  };
}

function carriesSecret(letter: 'A' | 'B'): Json {
  return {
    ByteMatchStatement: {
      FieldToMatch: { SingleHeader: { Name: originSecretHeader.toLowerCase() } },
      PositionalConstraint: 'EXACTLY',
      SearchString: secretValue(letter),
      TextTransformations: [{ Priority: 0, Type: 'NONE' }],
    },
  };
}

function secretValue(letter: 'A' | 'B'): Json {
  return sub(`{{resolve:secretsmanager:\${EdgeOriginSecret${letter}}:SecretString}}`);
}
