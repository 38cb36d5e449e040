import { describe, expect, test } from 'vitest';
import type { Resource, Template } from '../../src/targets/aws/template/cloudformation.ts';
import { oneConfiguration } from '../../src/targets/aws/terraform/one-configuration.ts';
import { translate } from '../../src/targets/aws/terraform/translate.ts';

const template = (changes: Partial<Template>): Template => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Description: '',
  Resources: {},
  ...changes,
});

const translated = (changes: Partial<Template>) =>
  translate(oneConfiguration(template(changes), undefined), 'shop-live');

const group = (LogGroupName: Resource['Properties'][string], more: object = {}): Resource => ({
  Type: 'AWS::Logs::LogGroup',
  Properties: { LogGroupName, ...more },
});

/** What the name of a group of logs becomes. */
const named = (name: Resource['Properties'][string], others: Partial<Template> = {}) =>
  translated({ ...others, Resources: { Log: group(name), ...others.Resources } }).resource[
    'aws_cloudwatch_log_group'
  ]?.['log']?.['name'];

describe('nothing of a template is dropped in silence', () => {
  test.each<[string, Partial<Template>]>([
    ['a type', { Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: {} } } }],
    ['a property', { Resources: { Log: group('a', { LogGroupClass: 'STANDARD' }) } }],
    ['a function', { Resources: { Log: group({ 'Fn::Base64': 'a' }) } }],
    ['a name', { Resources: { Log: group({ Ref: 'Nothing' }) } }],
    ['an attribute', { Resources: { Log: group({ 'Fn::GetAtt': ['Other', 'Size'] }), Other: group('b') } }],
    ['a condition', { Resources: { Log: { ...group('a'), Condition: 'Unknown' } } }],
    ['a kind of condition', { Conditions: { Both: { 'Fn::And': [] } } }],
    ['a type of parameter', { Parameters: { Key: { Type: 'AWS::SSM::Parameter::Name', Description: '' } } }],
    ['a dynamic reference', { Resources: { Log: group('{{resolve:ssm:name}}') } }],
    ['an output under a condition', { Outputs: { Log: { Description: '', Value: 'a', Condition: 'C' } } }],
  ])('%s that has no equal is an error', (_, changes) => {
    expect(() => translated(changes)).toThrow(RangeError);
  });

  test('a member of a document that a condition takes away is an error, an item of a list goes', () => {
    const absent = { 'Fn::If': ['Keyed', 'b', { Ref: 'AWS::NoValue' }] };
    const role = (document: Resource['Properties'][string]): Partial<Template> => ({
      Conditions: { Keyed: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: document } } },
    });
    expect(() => translated(role({ Sid: absent }))).toThrow(/Sid/);
    expect(translated(role({ Action: ['a', absent] })).locals['role_assume_role_policy']).toEqual({
      Action: '${[for one in ["a", (local.keyed ? "b" : null)] : one if one != null]}',
    });
  });
});

describe('references are expressions, and text is not', () => {
  test.each<[string, Resource['Properties'][string], string]>([
    ['plain text', '/aws/${AWS::Region}', '/aws/$${AWS::Region}'],
    ['substituted text', { 'Fn::Sub': '/aws/${AWS::Region}' }, '/aws/${data.aws_region.current.region}'],
    ['escaped text of a substitution', { 'Fn::Sub': '${!x}/${AWS::StackName}' }, '$${x}/${var.stack_name}'],
    ['a dollar before a reference', { 'Fn::Sub': '$${AWS::StackName}' }, '${"$"}${var.stack_name}'],
    [
      'joined text',
      { 'Fn::Join': ['-', ['a', { Ref: 'AWS::AccountId' }]] },
      'a-${data.aws_caller_identity.current.account_id}',
    ],
    ['an attribute', { 'Fn::GetAtt': ['Other', 'Arn'] }, '${aws_cloudwatch_log_group.other.arn}'],
    ['a parameter', { Ref: 'LogName' }, '${var.log_name}'],
  ])('%s', (_, value, expected) => {
    const others = {
      Parameters: { LogName: { Type: 'String', Description: '' } },
      Resources: { Other: group('b') },
    };
    expect(named(value, others)).toBe(expected);
  });

  test('what is there on a condition is counted, and named as one of a count', () => {
    const { resource, locals } = translated({
      Parameters: { Copies: { Type: 'Number', Description: '', Default: '0' } },
      Conditions: { Some: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Copies' }, '0'] }] } },
      Resources: {
        Log: { ...group('a'), Condition: 'Some' },
        Other: group({ 'Fn::If': ['Some', { Ref: 'Log' }, 'none'] }),
      },
    });
    expect(locals['some']).toBe('${!(tostring(var.copies) == "0")}');
    expect(resource['aws_cloudwatch_log_group']).toEqual({
      log: { count: '${local.some ? 1 : 0}', name: 'a' },
      other: { name: '${local.some ? aws_cloudwatch_log_group.log[0].name : "none"}' },
    });
  });

  test('a secret is read where it is named, once', () => {
    const { data, resource } = translated({
      Resources: {
        Log: group('{{resolve:secretsmanager:shop/key:SecretString:token}}'),
        Other: group('Bearer {{resolve:secretsmanager:shop/key:SecretString}}'),
      },
    });
    const [[name, read] = ['']] = Object.entries(data['aws_secretsmanager_secret_version'] ?? {});
    expect(read).toEqual({ secret_id: 'shop/key' });
    const value = `data.aws_secretsmanager_secret_version.${name}.secret_string`;
    expect(resource['aws_cloudwatch_log_group']).toEqual({
      log: { name: `\${jsondecode(${value})["token"]}` },
      other: { name: `Bearer \${${value}}` },
    });
  });

  test('what CloudFormation keeps when a stack goes, Terraform refuses to destroy', () => {
    const { resource } = translated({ Resources: { Log: { ...group('a'), DeletionPolicy: 'Retain' } } });
    expect(resource['aws_cloudwatch_log_group']?.['log']?.['lifecycle']).toMatchObject({
      prevent_destroy: true,
    });
  });
});

describe('parameters are variables', () => {
  const { variable } = translated({
    Parameters: {
      LogRole: {
        Type: 'String',
        Description: 'Who may.',
        Default: 'existing',
        AllowedValues: ['existing', 'create'],
      },
      TopicArn: { Type: 'String', Description: '', AllowedPattern: '^arn:[a-z]{3}:.+$' },
      Subnets: { Type: 'List<AWS::EC2::Subnet::Id>', Description: '' },
      Copies: { Type: 'Number', Description: '', Default: '2' },
    },
  });

  test('with their defaults, and required without one', () => {
    expect(variable['log_role']).toMatchObject({
      description: 'Who may.',
      type: 'string',
      default: 'existing',
    });
    expect(variable['topic_arn']?.['default']).toBeUndefined();
    expect(variable['subnets']).toMatchObject({ type: 'list(string)' });
    expect(variable['copies']).toMatchObject({ type: 'number', default: 2 });
  });

  test('with their values and patterns as validations', () => {
    expect(variable['log_role']?.['validation']).toEqual([
      {
        condition: '${contains(["existing", "create"], var.log_role)}',
        error_message: 'One of: existing, create.',
      },
    ]);
    expect(variable['topic_arn']?.['validation']).toEqual([
      {
        condition: '${can(regex("^(?:^arn:[a-z]{3}:.+$)$", var.topic_arn))}',
        error_message: 'Must match ^arn:[a-z]{3}:.+$',
      },
    ]);
  });

  test('beside the name that takes the place of the name of the stack', () => {
    expect(variable['stack_name']).toMatchObject({ default: 'shop-live' });
    const odd = translate(oneConfiguration(template({}), undefined), 'not a name');
    expect(odd.variable['stack_name']?.['default']).toBeUndefined();
  });
});
