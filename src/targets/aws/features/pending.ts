import type { Gateway, GatewayFeatures, IpAccess } from '../../../model/gateway.ts';
import type { Geo, Waf, WafMode } from '../../../model/inspection.ts';
import type { Audit, Metrics, Tracing } from '../../../model/observation.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { Plan } from '../../../model/traffic.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';

const unsupported: Outcome<never> = {
  kind: 'unsupported',
  reason: 'this version does not emit it',
  instead: undefined,
};

export const ipAccess: Lowering<Sourced<IpAccess>, OperationScope, IpAccess> = {
  support: 'none',
  note: 'not emitted yet',
  lower: () => unsupported,
};
export const waf: Lowering<Sourced<WafMode>, OperationScope, WafMode> = {
  support: 'none',
  note: 'not emitted yet',
  lower: () => unsupported,
};

type Asked<F extends keyof GatewayFeatures, Part> = Lowering<GatewayFeatures[F], Gateway, Part | undefined>;
const absentOnly = { support: 'none', note: 'not emitted yet' } as const;
const absent = (asked: unknown): Outcome<undefined> =>
  asked === undefined ? { kind: 'exact', part: undefined } : unsupported;

export const geo: Asked<'geo', Geo> = { ...absentOnly, lower: absent };
export const wafRules: Asked<'waf', Waf> = { ...absentOnly, lower: absent };
export const tracing: Asked<'tracing', Tracing> = { ...absentOnly, lower: absent };
export const metrics: Asked<'metrics', Metrics> = { ...absentOnly, lower: absent };
export const plans: Lowering<GatewayFeatures['plans'], Gateway, readonly Plan[]> = {
  ...absentOnly,
  lower: (asked) => (asked.length === 0 ? { kind: 'exact', part: asked } : unsupported),
};
export const audit: Lowering<GatewayFeatures['audit'], Gateway, Audit> = {
  support: 'full',
  note: 'decisions are in the access log',
  lower: ({ value }) => ({ kind: 'exact', part: value }),
};
