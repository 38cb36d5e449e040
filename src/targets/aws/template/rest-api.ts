import type { Gateway } from '../../../model/gateway.ts';
import { type Json, sub } from './cloudformation.ts';
import { securityPolicy } from './security-policy.ts';

/** Metrics of an API go by this name, which stacks of one account do not share. */
export function apiName(suffix: string): Json {
  return sub(`\${AWS::StackName}${suffix === '' ? '' : `-${suffix}`}`);
}

/** A REST API with its body: the document itself, or the name of the file beside the template that holds it. */
export function restApi(
  gateway: Gateway,
  suffix: string,
  body: { readonly inline: Json } | { readonly file: string },
  policy: Json | undefined,
): Json {
  return {
    Name: apiName(suffix),
    Description: `${gateway.documents.map(({ title }) => title).join(', ')}`.slice(0, 1024),
    ...('inline' in body ? { Body: body.inline } : { BodyS3Location: body.file }),
    // The default merges containers of an earlier import into the new one.
    Mode: 'overwrite',
    FailOnWarnings: true,
    EndpointConfiguration: { Types: ['REGIONAL'], IpAddressType: 'dualstack' },
    Parameters: { endpointConfigurationTypes: 'REGIONAL' },
    ...securityPolicy(gateway),
    // The stage is reached by the names of the documents only (BEHAVIOUR.md H1).
    DisableExecuteApiEndpoint: true,
    ...(policy === undefined ? {} : { Policy: policy }),
  };
}
