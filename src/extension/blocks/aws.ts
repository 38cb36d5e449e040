import { list } from '../collections.ts';
import { optional, record, required } from '../record.ts';
import { boolean, oneOf } from '../scalars.ts';
import { text } from '../text.ts';
import { accept } from './facets.ts';

/** An identifier that AWS gave: of a subnet, a security group, a hosted zone. */
const identifier = (label: string, example: string) =>
  text({
    label,
    pattern: '[A-Za-z][A-Za-z0-9-]{1,63}',
    allows: 'letters, digits and hyphens, as AWS prints it',
    example,
    parse: (value) => ({ value }),
  });

/** `arn:partition:service:region:account:resource` (AWS General Reference, "Amazon Resource Names"). */
const loadBalancer = text({
  label: 'ARN of a load balancer',
  pattern:
    'arn:aws[a-z-]{0,16}:elasticloadbalancing:[a-z0-9-]{1,32}:[0-9]{12}:loadbalancer/(?:app|net)/[A-Za-z0-9-]{1,64}/[0-9a-f]{1,32}',
  allows: 'the ARN of an Application or Network Load Balancer',
  example: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/internal/0123456789abcdef',
  parse: (value) => ({ value }),
});

const stage = text({
  label: 'stage name',
  pattern: '[A-Za-z0-9_-]{1,128}',
  allows: 'letters, digits, hyphens and underscores, at most 128',
  example: 'live',
  parse: (value) => ({ value }),
});

const vpc = record('network of private back ends', {
  subnets: required(
    list(identifier('subnet id', 'subnet-0123456789abcdef0'), { min: 1, identity: (value) => value }),
    'Subnets of the VPC link.',
  ),
  securityGroups: required(
    list(identifier('security group id', 'sg-0123456789abcdef0'), { min: 1, identity: (value) => value }),
    'Security groups of the VPC link: what it may connect to.',
  ),
  loadBalancer: required(loadBalancer, 'The load balancer that answers for private back ends.'),
});

/** Days that CloudWatch Logs can keep a log group (CloudFormation, AWS::Logs::LogGroup, RetentionInDays). */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const logRetention = text({
  label: 'number of days',
  pattern: '[0-9]{1,4}d',
  allows: 'a number of days that CloudWatch Logs knows',
  example: '365d',
  parse: (value) => {
    const days = Number(value.slice(0, -1));
    return retentions.includes(days)
      ? { value: days }
      : { problem: 'CloudWatch Logs does not know', fix: `Write one of ${retentions.join('d, ')}d.` };
  },
});

/** `targets.aws` of the root block. */
export const aws = record('aws block', {
  api: optional(
    oneOf(['rest', 'http', 'auto']),
    'REST API, HTTP API, or the smaller one that is exact. This version makes REST APIs only.',
    '`rest`',
  ),
  endpoint: optional(
    oneOf(['regional', 'edge', 'private']),
    'Who reaches the API, and from where. This version makes regional endpoints only.',
    '`regional`',
  ),
  edge: optional(
    oneOf(['none', 'cloudfront']),
    'What stands in front: `cloudfront` checks paths and redirects people.',
    '`none`',
  ),
  stage: optional(stage, 'Name of the stage.', "the environment's name, else `live`"),
  authorizer: optional(
    oneOf(['lambda', 'native']),
    "Who verifies tokens: the emitted function, or API Gateway's own authorizer where it is exact. This version uses the function only.",
    '`lambda`',
  ),
  format: optional(oneOf(['cloudformation', 'terraform']), 'What is emitted.', '`cloudformation`'),
  vpc: optional(vpc, 'Where private back ends are.', 'parameters of the template'),
  hostedZone: optional(
    identifier('hosted zone id', 'Z0123456789ABCDEFGHIJ'),
    'Route 53 zone in which the hosts get their records and certificates are validated.',
    'a parameter of the template',
  ),
  logRetention: optional(logRetention, 'How long logs are kept.', '`365d`'),
  cacheSize: optional(
    oneOf(['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237']),
    'Size of the cache in GB, in quotes, where an operation has one.',
    "`'0.5'`",
  ),
  sdk: optional(boolean, 'Keep the models that SDKs are generated from. This version keeps none.', '`false`'),
  split: optional(
    oneOf(['none', 'first-segment']),
    'Divide the paths into several REST APIs under one domain, by the first segment below the base path.',
    '`none`',
  ),
  accept: optional(accept, 'What may differ from the document on this target: feature and reason.'),
});
