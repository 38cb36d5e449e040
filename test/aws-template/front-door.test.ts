import { describe, expect, test } from 'vitest';
import { tls } from '../../src/targets/aws/features/tls.ts';
import { trustedProxies } from '../../src/targets/aws/features/trusted-proxies.ts';
import { domains } from '../../src/targets/aws/template/domain.ts';
import { at, gateway, host, range, site, sourced } from '../support/model.ts';
import { plan } from './plan.ts';

const plain = gateway().tls;
const clientCertificate = (mode: 'require' | 'optional') =>
  sourced({ mode, ca: sourced('partner-ca'), forward: [] });

describe('clients reach the hosts of the document by TLS', () => {
  test('each host is a domain name with a certificate and addresses of both families', () => {
    const { Resources = {} } = domains(plan({ sites: [site(undefined, [host('api.example.com')])] }));
    expect(Object.keys(Resources)).toEqual([
      'CertificateApiExampleCom',
      'DomainApiExampleCom',
      'MappingApiExampleCom',
      'RecordAApiExampleCom',
      'RecordAAAAApiExampleCom',
    ]);
    expect(Resources['DomainApiExampleCom']?.Properties).toMatchObject({
      DomainName: 'api.example.com',
      SecurityPolicy: 'TLS_1_2',
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
  });

  test('hosts that differ in a hyphen only are two domain names', () => {
    const { Resources = {} } = domains(
      plan({ sites: [site(undefined, [host('a-b.test'), host('a.b.test'), host('ab.test')])] }),
    );
    expect(Object.keys(Resources).filter((id) => id.startsWith('Domain'))).toHaveLength(3);
  });

  test('records are written only into a zone that is known', () => {
    const model = gateway();
    const aws = { ...model.targets.aws, hostedZone: sourced('Z0123456789ABCDEFGHIJ') };
    const { Parameters, Resources = {} } = domains(plan({ targets: { ...model.targets, aws } }));
    expect(Parameters?.['HostedZoneId']?.Default).toBe('Z0123456789ABCDEFGHIJ');
    expect(Resources['RecordAATest']?.Condition).toBe('HasHostedZone');
    expect(domains(plan()).Parameters?.['HostedZoneId']?.Default).toBe('');
  });

  test('two sites are two APIs behind their own names', () => {
    const { Resources = {} } = domains(
      plan({ sites: [site(undefined, [host('a.test')]), site(undefined, [host('b.test')])] }),
    );
    expect(Resources['Mapping2BTest']?.Properties).toMatchObject({
      ApiId: { Ref: 'RestApi2' },
      Stage: { Ref: 'Stage2' },
    });
  });

  test('a floor of TLS 1.3 is a policy without 1.2', () => {
    const { Resources = {} } = domains(plan({ tls: { ...plain, minVersion: sourced('1.3') } }));
    expect(Resources['DomainATest']?.Properties).toMatchObject({
      SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
      EndpointAccessMode: 'STRICT',
    });
  });

  test('required client certificates are verified by the authorities of a trust store', () => {
    const { Parameters = {}, Resources = {} } = domains(
      plan({ tls: { ...plain, clientCertificate: clientCertificate('require') } }),
    );
    expect(Resources['DomainATest']?.Properties).toMatchObject({
      MutualTlsAuthentication: { TruststoreUri: { Ref: 'TrustStoreUri' } },
    });
    expect(Parameters['TrustStoreUri']).not.toHaveProperty('Default');
  });
});

describe('what API Gateway cannot serve is refused', () => {
  const refused = (changes: Parameters<typeof gateway>[0]): string | undefined => {
    const model = gateway(changes);
    const outcome = tls.lower(model.tls, model);
    return outcome.kind === 'unsupported' ? outcome.reason : undefined;
  };

  test.each([
    ['plain http', site(undefined, [host('a.test', 'http')]), 'answers https on port 443 only'],
    ['another port', site(undefined, [host('a.test', 'https', 8443)]), 'answers https on port 443 only'],
    ['an address', site(undefined, [host('192.0.2.1')]), 'no domain name'],
    ['a name too long for ACM', site(undefined, [host(`${'a'.repeat(60)}.test`)]), 'more than 64'],
  ])('%s', (_, one, reason) => {
    expect(refused({ sites: [one] })).toContain(reason);
  });

  test('client certificates that only some connections show', () => {
    expect(refused({ tls: { ...plain, clientCertificate: clientCertificate('optional') } })).toContain(
      'every connection',
    );
  });

  test('client certificates without TLS 1.2', () => {
    expect(
      refused({
        tls: { ...plain, minVersion: sourced('1.3'), clientCertificate: clientCertificate('require') },
      }),
    ).toContain('refuses TLS 1.2');
  });

  test('TLS that ends upstream', () => {
    expect(refused({ tls: { ...plain, termination: sourced('upstream') } })).toContain('ends TLS itself');
  });

  test('HSTS that was asked for, where nothing can add it to answers of back ends', () => {
    expect(refused({ tls: { ...plain, hstsSeconds: sourced(60, '/x-gateway/tls/hsts') } })).toContain(
      'no header to those of back ends',
    );
    expect(tls.lower(plain, gateway())).toMatchObject({ kind: 'exact', remark: expect.any(String) });
  });

  test('proxies whose word would count for the address of a client', () => {
    expect(trustedProxies.lower([], gateway()).kind).toBe('exact');
    expect(trustedProxies.lower([{ value: range('10.0.0.0/8'), at }], gateway()).kind).toBe('unsupported');
  });
});
