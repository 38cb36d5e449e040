import type { IpAccess, Operation } from '../../../model/gateway.ts';
import type { Geo, Waf, WafMode } from '../../../model/inspection.ts';
import type { LimitsPart } from '../features/limits.ts';
import type { AwsPlan } from '../plan.ts';
import { getAtt, type Json, type Resource, sub } from '../template/cloudformation.ts';
import type { Fragment } from '../template/fragment.ts';
import { idOf } from '../template/logical-id.ts';
import { addressRules } from './address-rules.ts';
import { bodyRules } from './body-rules.ts';
import { geoRules } from './geo-rules.ts';
import { managedRules } from './managed-rules.ts';
import { needsWebAcl } from './needed.ts';
import { problemBodies } from './problem-bodies.ts';
import { rateRules } from './rate-rules.ts';
import { requestRules } from './request-rules.ts';
import { type Rule, ruleJson, visibility } from './rule.ts';
import { webAclLog } from './web-acl-log.ts';

export const webAcl = 'WebAcl';

/** What AWS WAF does for the gateway. */
export interface Inspection {
  readonly waf: Waf | undefined;
  readonly geo: Geo | undefined;
  readonly modeOf: (operation: Operation) => WafMode | undefined;
  readonly limitsOf: (operation: Operation) => LimitsPart | undefined;
  /** Lists of addresses that the resource policy does not hold. */
  readonly accessOf: (operation: Operation) => IpAccess | undefined;
  /** The rule that only requests of a distribution pass, by its priority; before all others. */
  readonly entrance: ((priority: number) => Json) | undefined;
}

/**
 * The web ACL in front of the stages, in the order of BEHAVIOUR.md §2.1: target, addresses, rates, bodies, content. It
 * costs money, so it is there only where something needs it; sizes of bodies are held where it is there anyway.
 */
export function webAclFragment(plan: AwsPlan, inspection: Inspection): Fragment {
  const { waf, geo, entrance } = inspection;
  const addresses = addressRules(plan, inspection.accessOf);
  const asked: readonly Rule[] = [
    ...addresses.rules,
    ...(geo === undefined ? [] : geoRules(geo, plan.gateway)),
    ...rateRules(plan, (operation) => inspection.limitsOf(operation)?.rules ?? []),
  ];
  const content = waf === undefined ? [] : managedRules(plan, waf, inspection.modeOf);
  const isAsked = asked.length + content.length > 0 || entrance !== undefined;
  if (!isAsked && !needsWebAcl(plan.gateway)) return {};
  const rules = [...requestRules(plan), ...asked, ...bodyRules(plan), ...content];
  checkCapacity(rules);
  const first = entrance === undefined ? [] : [entrance(0)];
  const log = webAclLog(plan.gateway);
  return {
    ...log,
    Resources: {
      ...addresses.resources,
      [webAcl]: {
        Type: 'AWS::WAFv2::WebACL',
        Properties: {
          Description: 'What reaches the API.',
          Scope: 'REGIONAL',
          DefaultAction: { Allow: {} },
          CustomResponseBodies: usedBodies(rules),
          AssociationConfig: looksAtBodies(rules)
            ? { RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: 'KB_64' } } }
            : undefined,
          Rules: [...first, ...rules.map((one, index) => ruleJson(one, first.length + index))],
          VisibilityConfig: visibility(sub('${AWS::StackName}-web-acl')),
        },
      },
      ...Object.fromEntries(plan.apis.map((api) => [idOf('WebAclAssociation', api), association(api)])),
      ...log.Resources,
    },
  };
}

/** AWS WAF Developer Guide, "Web ACL capacity units (WCUs) in AWS WAF". */
const mostCapacity = 5000;

function checkCapacity(rules: readonly Rule[]): void {
  const capacity = rules.reduce((sum, rule) => sum + rule.capacity, 0);
  if (capacity > mostCapacity)
    throw new RangeError(
      `Rules of AWS WAF take ${capacity} capacity units, a web ACL has ${mostCapacity}: let more operations share their limits, addresses and modes.`,
    );
}

/** As much of bodies as there is to be had, where some rule looks at them. */
function looksAtBodies(rules: readonly Rule[]): boolean {
  return JSON.stringify(rules.map(({ statement }) => statement)).includes('"Body":');
}

function usedBodies(rules: readonly Rule[]): { readonly [name: string]: Json } {
  const text = JSON.stringify(rules.map(({ action }) => action));
  return Object.fromEntries(Object.entries(problemBodies).filter(([name]) => text.includes(`"${name}"`)));
}

function association(api: { readonly suffix: string }): Resource {
  return {
    Type: 'AWS::WAFv2::WebACLAssociation',
    Properties: {
      ResourceArn: sub(
        `arn:\${AWS::Partition}:apigateway:\${AWS::Region}::/restapis/\${${idOf('RestApi', api)}}/stages/\${${idOf('Stage', api)}}`,
      ),
      WebACLArn: getAtt(webAcl, 'Arn'),
    },
  };
}
