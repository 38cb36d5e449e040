import { createHash } from 'node:crypto';
import type { Gateway } from '../../../model/gateway.ts';
import type { IpRange } from '../../../model/policy.ts';
import { getAtt, type Resource } from '../template/cloudformation.ts';
import { forwardedInSet } from './client-address.ts';
import { any, type Statement } from './statement.ts';

/** A list of ranges as `AWS::WAFv2::IPSet`, one for each family that it has; equal lists are one. */
export interface AddressSet {
  readonly resources: { readonly [id: string]: Resource };
  /** Whether the client is in it; `undefined` for an empty list, in which nobody is. */
  readonly contains: Statement | undefined;
}

/** `fallback`: whether an address that cannot be read counts as one of the list. */
export function addressSet(
  ranges: readonly IpRange[],
  gateway: Gateway,
  fallback: 'MATCH' | 'NO_MATCH',
): AddressSet {
  const families = ([4, 6] as const).flatMap((family) => {
    const addresses = ranges.filter((range) => range.family === family).flatMap(({ text }) => halves(text));
    return addresses.length === 0 ? [] : [{ family, addresses: [...new Set(addresses)].sort() }];
  });
  const sets = families.map(({ family, addresses }) => ({
    id: `Addresses${family}${digest(addresses)}`,
    resource: ipSet(family, addresses),
  }));
  return {
    resources: Object.fromEntries(sets.map(({ id, resource }) => [id, resource])),
    contains: sets.length === 0 ? undefined : any(sets.map(({ id }) => isIn(id, gateway, fallback))),
  };
}

function ipSet(family: 4 | 6, addresses: readonly string[]): Resource {
  return {
    Type: 'AWS::WAFv2::IPSet',
    Properties: { Scope: 'REGIONAL', IPAddressVersion: `IPV${family}`, Addresses: addresses },
  };
}

/** An IP set takes every prefix length but 0 (AWS WAF API Reference, "IPSet"). */
function halves(text: string): readonly string[] {
  if (!text.endsWith('/0')) return [text];
  return text.includes(':') ? ['::/1', '8000::/1'] : ['0.0.0.0/1', '128.0.0.0/1'];
}

function isIn(id: string, gateway: Gateway, fallback: 'MATCH' | 'NO_MATCH'): Statement {
  const forwarded = forwardedInSet(gateway, fallback);
  const reference = { Arn: getAtt(id, 'Arn') };
  return {
    json: {
      IPSetReferenceStatement:
        forwarded === undefined ? reference : { ...reference, IPSetForwardedIPConfig: forwarded },
    },
    capacity: 1,
  };
}

function digest(addresses: readonly string[]): string {
  return createHash('sha256').update(addresses.join(' ')).digest('hex').slice(0, 10);
}
