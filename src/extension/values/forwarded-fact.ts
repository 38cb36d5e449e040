import type { ClaimPath } from '../../model/policy.ts';
import type { Shape } from '../shape.ts';
import { text } from '../text.ts';
import { claimReferenceFormat } from './claim-path.ts';

/** What a header tells the back end about the caller. */
export type ForwardedFact =
  | { readonly kind: 'claim'; readonly claim: ClaimPath }
  | { readonly kind: 'subject' }
  /** The name of the consumer whose key it was; the subject of API keys. */
  | { readonly kind: 'consumer' };

/** `claims.<path>`, `subject` or `consumer.id`. */
export const forwardedFact: Shape<ForwardedFact> = text<ForwardedFact>({
  label: '`claims.<path>`, `subject` or `consumer.id`',
  pattern: `subject|consumer\\.id|${claimReferenceFormat.pattern}`,
  allows: '"claims." and names joined by dots, claims["…"], "subject", or "consumer.id" for API keys',
  example: 'claims.sub',
  parse: (value) => {
    if (value === 'subject') return { value: { kind: 'subject' } };
    if (value === 'consumer.id') return { value: { kind: 'consumer' } };
    const claim = claimReferenceFormat.parse(value);
    return 'value' in claim ? { value: { kind: 'claim', claim: claim.value } } : claim;
  },
});
