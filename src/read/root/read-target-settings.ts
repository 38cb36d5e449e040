import type { RootBlock } from '../../extension/index.ts';
import type { AwsSettings, TargetSettings } from '../../model/gateway.ts';
import type { Origin } from '../../model/origin.ts';
import { readWaivers } from '../facets/waivers.ts';

/** Settings of every target; what is not stated keeps the target's own default. */
export function readTargetSettings(block: RootBlock['targets'], at: Origin): TargetSettings {
  const nginx = block?.value.nginx?.value;
  const paths = nginx?.paths?.value;
  const listen = nginx?.listen?.value;
  const resolver = nginx?.resolver;
  return {
    nginx: {
      version: nginx?.version ?? { value: '1.22', at },
      user: nginx?.user,
      workers: nginx?.workers ?? { value: 'auto', at },
      paths: { modules: paths?.modules, certificates: paths?.certificates, cache: paths?.cache },
      resolver:
        resolver === undefined
          ? undefined
          : { value: resolver.value.map(({ value }) => value), at: resolver.at },
      listen: {
        http: listen?.http,
        https: listen?.https,
        internal: listen?.internal,
        verifier: listen?.verifier,
      },
      errorLog: nginx?.errorLog,
      accept: readWaivers('nginx', nginx?.accept),
    },
    aws: readAws(block?.value.aws?.value, at),
  };
}

/** The targets that a block names, in the order in which they are built. */
export function namedTargets(block: RootBlock['targets']): readonly (keyof TargetSettings)[] {
  return (['nginx', 'aws'] as const).filter((name) => block?.value[name] !== undefined);
}

type AwsBlock = NonNullable<NonNullable<RootBlock['targets']>['value']['aws']>['value'];

function readAws(aws: AwsBlock | undefined, at: Origin): AwsSettings {
  const vpc = aws?.vpc;
  return {
    api: aws?.api ?? { value: 'rest', at },
    endpoint: aws?.endpoint ?? { value: 'regional', at },
    edge: aws?.edge ?? { value: 'none', at },
    stage: aws?.stage,
    authorizer: aws?.authorizer ?? { value: 'lambda', at },
    format: aws?.format ?? { value: 'cloudformation', at },
    vpc:
      vpc === undefined
        ? undefined
        : {
            value: {
              subnets: vpc.value.subnets.value.map(({ value }) => value),
              securityGroups: vpc.value.securityGroups.value.map(({ value }) => value),
              loadBalancer: vpc.value.loadBalancer.value,
            },
            at: vpc.at,
          },
    hostedZone: aws?.hostedZone,
    logRetentionDays: aws?.logRetention ?? { value: 365, at },
    cacheSize: aws?.cacheSize ?? { value: '0.5', at },
    sdk: aws?.sdk ?? { value: false, at },
    split: aws?.split ?? { value: 'none', at },
    accept: readWaivers('aws', aws?.accept),
  };
}
