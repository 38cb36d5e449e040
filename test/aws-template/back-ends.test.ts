import { describe, expect, test } from 'vitest';
import type { HttpBackend } from '../../src/model/backend.ts';
import type { ResponseCache } from '../../src/model/traffic.ts';
import { clientCertificateFragment } from '../../src/targets/aws/template/client-certificate.ts';
import { stage } from '../../src/targets/aws/template/stage.ts';
import { vpcLinkFragment } from '../../src/targets/aws/template/vpc-link.ts';
import { backend, gateway, sourced } from '../support/model.ts';
import { plan } from './plan.ts';

const stageOf = (made: ReturnType<typeof plan>, cache?: ResponseCache) => {
  const [api] = made.apis;
  if (api === undefined) throw new Error('no API');
  return stage(made, api, () => ({ throttle: undefined, cache })).Resources?.['Stage']?.Properties ?? {};
};

const hidden = (changes: Partial<HttpBackend> = {}) =>
  backend('main', { private: sourced(true), ...changes });

describe('a private back end is reached through a VPC link', () => {
  test('in the network that the document names', () => {
    const model = gateway({ backends: [hidden()] });
    const vpc = sourced({ subnets: ['subnet-1'], securityGroups: ['sg-1'], loadBalancer: 'arn:lb' });
    const targets = { ...model.targets, aws: { ...model.targets.aws, vpc } };
    const made = vpcLinkFragment({ ...model, targets });
    expect(made.Parameters).toBeUndefined();
    expect(made.Resources).toMatchObject({
      VpcLink: { Properties: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } },
    });
  });

  test('or in one that the stack is told, by the ports of the back ends and no others', () => {
    const made = vpcLinkFragment(gateway({ backends: [hidden()] }));
    expect(Object.keys(made.Parameters ?? {})).toEqual([
      'VpcId',
      'VpcSubnetIds',
      'VpcCidr',
      'LoadBalancerArn',
    ]);
    expect(made.Resources?.['VpcLinkSecurityGroup']?.Properties['SecurityGroupEgress']).toMatchObject([
      { IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, CidrIp: { Ref: 'VpcCidr' } },
    ]);
  });

  test('of which there is none where all back ends are public', () => {
    expect(vpcLinkFragment(gateway())).toEqual({});
  });
});

describe('a back end that wants to see a certificate of the gateway', () => {
  const tls = {
    verify: sourced(true),
    ca: undefined,
    serverName: sourced('main.internal'),
    clientCertificate: sourced('managed' as const),
  };

  test('is shown the one that API Gateway makes', () => {
    const made = plan({ backends: [backend('main', { scheme: 'https', tls })] });
    expect(clientCertificateFragment(made.gateway).Resources).toHaveProperty('ClientCertificate');
    expect(stageOf(made)['ClientCertificateId']).toEqual({ Ref: 'ClientCertificate' });
  });

  test('others are shown none', () => {
    expect(clientCertificateFragment(gateway())).toEqual({});
    expect(stageOf(plan())['ClientCertificateId']).toBeUndefined();
  });
});

describe('answers that may be given again', () => {
  test('are kept by the stage, encrypted, for GET alone', () => {
    const kept = stageOf(plan(), { ttlSeconds: 60, key: [], per: 'shared' });
    expect(kept).toMatchObject({ CacheClusterEnabled: true, CacheClusterSize: '0.5' });
    expect(kept['MethodSettings']).toMatchObject([
      { HttpMethod: '*' },
      { HttpMethod: 'GET', CachingEnabled: true, CacheTtlInSeconds: 60, CacheDataEncrypted: true },
      { HttpMethod: 'HEAD' },
    ]);
    expect(JSON.stringify(kept['MethodSettings']).match(/CachingEnabled/g)).toHaveLength(1);
  });

  test('cost nothing where there are none', () => {
    expect(stageOf(plan())).toMatchObject({ CacheClusterEnabled: false });
  });
});
