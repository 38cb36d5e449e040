import type { Sourced } from '../../../model/origin.ts';
import type { ResponseCache } from '../../../model/traffic.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';
import { credentialHeader } from '../body/cache-key.ts';

/** Developer Guide, "Cache settings for REST APIs": "The maximum TTL value is 3600 seconds". */
const longest = 3600;

/** The stage's own cache; its key is what the document names, the variables of the path and the credential. */
export const cache: Lowering<Sourced<ResponseCache>, OperationScope, ResponseCache> = {
  support: 'partial',
  note: 'cache of the stage, encrypted; one identity is told by its credential, in one header',
  lower: ({ value }, { gateway, operation }): Outcome<ResponseCache> => {
    if (operation.method !== 'GET')
      return {
        kind: 'unsupported',
        reason: `API Gateway is told to keep answers of GET only, not of ${operation.method}`,
        instead: 'Leave cache out for other methods.',
      };
    if (value.ttlSeconds > longest)
      return {
        kind: 'unsupported',
        reason: `the cache of a stage keeps answers for at most ${longest} s`,
        instead: `Write a ttl of at most ${longest}s.`,
      };
    const odd = value.key.find(({ name }) => !/^[A-Za-z0-9._$-]+$/.test(name));
    if (odd !== undefined)
      return { kind: 'unsupported', reason: `no cache key can name "${odd.name}"`, instead: undefined };
    const authentication = operation.features.authentication.value;
    if (
      value.per === 'subject' &&
      authentication.kind !== 'public' &&
      credentialHeader(authentication, gateway) === undefined
    )
      return {
        kind: 'unsupported',
        reason:
          'the credential may be in several places, and the key of a cached answer would miss one of them',
        instead: 'Read the credential from one header, or leave cache out.',
      };
    return {
      kind: 'exact',
      part: value,
      remark: 'a client that sends Cache-Control: max-age=0 refreshes the answer for all who share it',
    };
  },
};
