import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { Gateway } from '../../../model/gateway.ts';
import type { Sourced } from '../../../model/origin.ts';
import {
  edgeFunctionTooLarge,
  pathProfileOfService,
  resourceQuota,
  secretInState,
  settingNotSupported,
} from '../diagnostics.ts';
import { edgeFunctions } from '../edge/functions.ts';
import { hasDistribution } from '../edge/has-distribution.ts';
import { placementOf } from '../routing/placement.ts';
import { needsWebAcl } from '../web-acl/needed.ts';
import { replacedTexts } from './replaced-texts.ts';

const options = { target: 'aws' };

/** What settings of the target and quotas of the service say about a gateway. */
export function checkSettings(gateway: Gateway): readonly Diagnostic[] {
  return [
    ...refusedSettings(gateway),
    ...quotas(gateway),
    ...pathProfile(gateway),
    ...replacedTexts(gateway),
    ...edgeQuotas(gateway),
    ...secretsInState(gateway),
  ];
}

function refusedSettings({ targets: { aws } }: Gateway): readonly Diagnostic[] {
  const refuse = (setting: string, { value, at }: Sourced<string>, reason: string, instead: string) =>
    diagnostic(settingNotSupported, at, { setting, value, reason, instead }, options);
  const found: Diagnostic[] = [];
  if (aws.endpoint.value === 'edge')
    found.push(
      refuse(
        'endpoint',
        aws.endpoint,
        'an edge-optimized endpoint has a distribution that nobody can configure',
        'Write targets.aws.edge: cloudfront, which makes a distribution of your own.',
      ),
    );
  if (aws.endpoint.value === 'private')
    found.push(
      refuse(
        'endpoint',
        aws.endpoint,
        'a private endpoint needs endpoints of a network that this template does not make',
        'Leave endpoint out, and say who may call with ip.allow.',
      ),
    );
  if (aws.api.value === 'http')
    found.push(
      refuse(
        'api',
        aws.api,
        'an HTTP API has no gateway responses, so its 401, 404 and 405 would not be those of other targets',
        'Write api: rest.',
      ),
    );
  if (aws.api.value === 'auto')
    found.push(
      refuse('api', aws.api, 'this version makes REST APIs only, and chooses nothing', 'Write api: rest.'),
    );
  if (aws.sdk.value)
    found.push(
      refuse(
        'sdk',
        { value: 'true', at: aws.sdk.at },
        'this version keeps no models in the body',
        'Leave sdk out, and generate clients from the document itself.',
      ),
    );
  if (aws.authorizer.value === 'native')
    found.push(
      refuse(
        'authorizer',
        aws.authorizer,
        'it is not known that the native authorizer checks of a token all that the document demands',
        'Write authorizer: lambda.',
      ),
    );
  return found;
}

/** Developer Guide, "Quotas for configuring and running a REST API": resources per API. */
const resourcesPerApi = 300;

function quotas(gateway: Gateway): readonly Diagnostic[] {
  return placementOf(gateway)
    .parts.filter(({ tree }) => tree.size > resourcesPerApi)
    .map(({ suffix, tree, routes }) => {
      const api = suffix === '' ? 'The REST API' : `The REST API number ${suffix}`;
      const facts = { count: tree.size, quota: resourcesPerApi, api };
      return diagnostic(resourceQuota, routes[0]?.at, facts, options);
    });
}

/** What differs from most operations is data of the functions of the distribution. */
function edgeQuotas(gateway: Gateway): readonly Diagnostic[] {
  if (!hasDistribution(gateway)) return [];
  const { viewerRequest, viewerResponse } = edgeFunctions(gateway);
  return [
    { event: 'viewer-request', excess: viewerRequest.excess },
    { event: 'viewer-response', excess: viewerResponse.excess },
  ]
    .filter(({ excess }) => excess > 0)
    .map((facts) => diagnostic(edgeFunctionTooLarge, gateway.targets.aws.edge.at, facts, options));
}

function pathProfile(gateway: Gateway): readonly Diagnostic[] {
  if (needsWebAcl(gateway)) return [];
  const routes = gateway.sites.flatMap((site) => site.routes);
  const operations = routes.reduce((sum, route) => sum + route.operations.length, 0);
  return [diagnostic(pathProfileOfService, routes[0]?.at, { operations }, options)];
}

/** Secrets that a stack of CloudFormation only refers to. */
function secretsInState(gateway: Gateway): readonly Diagnostic[] {
  const { format } = gateway.targets.aws;
  if (format.value !== 'terraform') return [];
  const shown = gateway.backends.some(
    (one) => one.kind === 'http' && one.credentials?.value.kind === 'header',
  );
  const secrets = [
    ...(shown ? ['credentials of back ends'] : []),
    ...(hasDistribution(gateway) ? ['what the distribution proves itself with'] : []),
  ];
  return secrets.length === 0
    ? []
    : [diagnostic(secretInState, format.at, { secrets: secrets.join(' and ') }, options)];
}
