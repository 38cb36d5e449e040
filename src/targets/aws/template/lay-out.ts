import type { ApiBodyPlan, BodyPlan } from '../body/body-plan.ts';
import { fingerprint, openApiBody } from '../body/openapi.ts';
import type { BodyReferences } from '../body/references.ts';
import { hasDistribution } from '../edge/has-distribution.ts';
import { edgeResources } from '../edge/resources.ts';
import { type EmittedAuthorizer, revisionVariable } from '../emitted-authorizer.ts';
import type { AwsPlan, PlannedApi } from '../plan.ts';
import { inspectionOf } from '../web-acl/inspection-of.ts';
import { webAcl, webAclFragment } from '../web-acl/web-acl.ts';
import { accessLogGroup } from './access-log.ts';
import { accountFragment } from './account.ts';
import { alarms } from './alarms.ts';
import { authorizerFunction } from './authorizer-function.ts';
import { inFile, inTemplate } from './body-references.ts';
import { clientCertificateFragment } from './client-certificate.ts';
import type { Json, Resource, Template } from './cloudformation.ts';
import { dashboard } from './dashboard.ts';
import { domains } from './domain.ts';
import { type Fragment, mergeFragments } from './fragment.ts';
import { functionPermissions } from './function-permissions.ts';
import { idOf } from './logical-id.ts';
import { commonAccess, resourcePolicy } from './resource-policy.ts';
import { restApi } from './rest-api.ts';
import { stage } from './stage.ts';
import { usagePlans } from './usage-plans.ts';
import { vpcLinkFragment } from './vpc-link.ts';

/**
 * Where the body of an API and the code of its authorizer are: in the template, in files beside it, or the body in it and
 * the code beside it.
 */
export type Packaging = 'inline' | 'files' | 'code in files';

export interface LaidOut {
  readonly template: Template;
  /** Bodies that stand in files of their own. */
  readonly bodies: readonly { readonly file: string; readonly body: Json }[];
}

/** The template of a gateway: one stack with everything that it needs, in the order of logical ids. */
export function layOut(bodyPlan: BodyPlan, authorizer: EmittedAuthorizer, packaging: Packaging): LaidOut {
  const { gateway } = bodyPlan;
  const references = packaging === 'files' ? inFile(gateway) : inTemplate(gateway);
  const apis = bodyPlan.apis.map((api) => withBody(api, bodyPlan, references, authorizer));
  const plan: AwsPlan = { ...bodyPlan, apis: apis.map(({ planned }) => planned) };
  const variables = {
    ...references.variables,
    ...(authorizer.used ? { [revisionVariable]: fingerprint(authorizer.text) } : {}),
  };
  const settings = (operation: PlannedApi['operations'][number]['operation']) => ({
    throttle: bodyPlan.lowered.of(operation).limits?.throttle,
    cache: bodyPlan.lowered.of(operation).cache,
  });
  const webAclParts = webAclFragment(plan, inspectionOf(bodyPlan.lowered, hasDistribution(gateway)));
  const watched = {
    authorizer: authorizer.used,
    webAcl: webAclParts.Resources?.[webAcl] !== undefined,
  };
  const fragment = mergeFragments([
    ...apis.map(({ planned, body }) => apiFragment(plan, planned, body, packaging)),
    ...plan.apis.map((api) => withVariables(stage(plan, api, settings), api, variables)),
    domains(plan),
    ...(hasDistribution(gateway) ? [edgeResources(gateway)] : []),
    accessLogGroup(gateway),
    accountFragment,
    functionPermissions(plan),
    webAclParts,
    usagePlans(plan),
    vpcLinkFragment(gateway),
    clientCertificateFragment(gateway),
    alarms(plan, watched),
    dashboard(plan, watched),
    ...(authorizer.used
      ? [
          authorizerFunction(plan, {
            code: packaging === 'inline' ? { ZipFile: authorizer.text } : './authorizer',
            timeoutSeconds: authorizer.timeoutSeconds,
            secrets: authorizer.secrets,
          }),
        ]
      : []),
  ]);
  return {
    template: {
      AWSTemplateFormatVersion: '2010-09-09',
      Description: `Gateway ${gateway.name}. Generated; change the documents and build again instead.`,
      ...fragment,
      Resources: fragment.Resources ?? {},
    },
    bodies: packaging === 'files' ? apis.map(({ planned, body }) => ({ file: fileOf(planned), body })) : [],
  };
}

interface ApiWithBody {
  readonly planned: PlannedApi;
  readonly body: Json;
}

function withBody(
  api: ApiBodyPlan,
  plan: BodyPlan,
  references: BodyReferences,
  authorizer: EmittedAuthorizer,
): ApiWithBody {
  const body = openApiBody(plan, api, references);
  const hash = fingerprint(body, authorizer.used ? authorizer.data : undefined, policyOf(plan.gateway));
  return { body, planned: { ...api, deploymentId: `Deployment${api.suffix}${hash}` } };
}

function apiFragment({ gateway }: AwsPlan, api: PlannedApi, body: Json, packaging: Packaging): Fragment {
  const id = idOf('RestApi', api);
  return {
    Resources: {
      [id]: {
        Type: 'AWS::ApiGateway::RestApi',
        Properties: restApi(
          gateway,
          api.suffix,
          packaging === 'files' ? { file: `./${fileOf(api)}` } : { inline: body },
          policyOf(gateway),
        ) as Resource['Properties'],
      },
    },
    Outputs: { [id]: { Description: 'Id of the REST API.', Value: { Ref: id } } },
  };
}

function policyOf(gateway: AwsPlan['gateway']): Json | undefined {
  const access = commonAccess(gateway);
  return access === undefined ? undefined : resourcePolicy(access);
}

function fileOf({ suffix }: Pick<PlannedApi, 'suffix'>): string {
  return `openapi${suffix === '' ? '' : `-${suffix}`}.json`;
}

/**
 * What bodies in files and keys of kept decisions read from the stage. The stage refers to the function, by its API or by a
 * variable, so it is changed after it: no decision of the earlier function is kept under the new revision.
 */
function withVariables(
  fragment: Fragment,
  api: PlannedApi,
  variables: BodyReferences['variables'],
): Fragment {
  if (Object.keys(variables).length === 0) return fragment;
  const id = idOf('Stage', api);
  const found = fragment.Resources?.[id];
  if (found === undefined) throw new Error('every API has a stage');
  const changed = {
    ...found,
    Properties: { ...found.Properties, Variables: variables },
  };
  return { ...fragment, Resources: { ...fragment.Resources, [id]: changed } };
}
