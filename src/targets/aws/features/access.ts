import type { ClientCertificateMode } from '../../../model/authentication.ts';
import type { Bytes, Relaxation } from '../../../model/gateway.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { PathCharacters } from '../../../model/path.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';
import { inspectedBytes } from '../web-acl/body-rules.ts';
import { needsWebAcl } from '../web-acl/needed.ts';

/** API Gateway decodes path parameters before it writes them into the address of the back end. */
export const pathCharacters: Lowering<Sourced<PathCharacters>, OperationScope, PathCharacters> = {
  support: 'none',
  note: 'parameters are decoded on the way, so that an encoded slash could become a real one',
  lower: (): Outcome<PathCharacters> => ({
    kind: 'unsupported',
    reason:
      'API Gateway decodes path parameters, and an encoded slash would reach the back end as a real one',
    instead: 'Carry the identifier in the query, or encode it so that the path stays canonical (base64url).',
  }),
};

export const exposure: Lowering<Sourced<'public' | 'internal'>, OperationScope, 'public' | 'internal'> = {
  support: 'partial',
  note: 'there is no internal listener',
  lower: ({ value }): Outcome<'public' | 'internal'> =>
    value === 'public'
      ? { kind: 'exact', part: value }
      : {
          kind: 'unsupported',
          reason: 'a REST API has one listener',
          instead: 'Serve internal operations with a gateway of their own and targets.aws.endpoint: private.',
        },
};

/** Mutual TLS of a custom domain demands a certificate of every connection. */
export const clientCertificate: Lowering<
  Sourced<ClientCertificateMode>,
  OperationScope,
  ClientCertificateMode
> = {
  support: 'partial',
  note: 'mutual TLS of the custom domain: for all operations or for none',
  lower: ({ value }, { gateway }): Outcome<ClientCertificateMode> =>
    value !== 'require' || gateway.tls.clientCertificate?.value.mode === 'require'
      ? { kind: 'exact', part: value }
      : {
          kind: 'unsupported',
          reason: 'mutual TLS holds for the whole domain',
          instead: 'Write tls.clientCertificate.mode: require, or serve the operation at a host of its own.',
        },
};

const MEBIBYTE = 1024 * 1024;
/** Developer Guide, "Amazon API Gateway quotas": payload size 10 MB, cannot be increased. */
const largest = 10 * MEBIBYTE;

export const bodySize: Lowering<Sourced<Bytes>, OperationScope, Bytes> = {
  support: 'partial',
  note: '10 MB for everything; where there is a web ACL, less by the declared length',
  lower: ({ value, at }, { gateway, operation }): Outcome<Bytes> => {
    if (value === largest) return { kind: 'exact', part: value };
    if (value > largest)
      return {
        kind: 'unsupported',
        reason: 'API Gateway takes bodies of at most 10 MB',
        instead: 'Let clients upload to S3 with a presigned URL.',
      };
    const counted = needsWebAcl(gateway);
    if (counted && value <= inspectedBytes) return { kind: 'exact', part: value };
    const difference = counted
      ? 'bodies of up to 10 MB reach the back end where clients declare no length'
      : 'bodies of up to 10 MB reach the back end';
    const isDefault = at.file === operation.at.file && at.pointer === operation.at.pointer;
    return isDefault
      ? { kind: 'exact', part: value, remark: difference }
      : { kind: 'approximate', part: value, difference };
  },
};

/** What was relaxed shows in explain, lint and diff; the effective guards are lowered like any other. */
export const relaxed: Lowering<readonly Sourced<Relaxation>[], OperationScope, true> = {
  support: 'full',
  note: 'reported, nothing to emit',
  lower: (): Outcome<true> => ({ kind: 'exact', part: true }),
};
