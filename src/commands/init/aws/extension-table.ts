import type { Node } from '../../../source/node.ts';
import { type Entry, field, nested } from '../draft-entry.ts';
import { commentText } from '../yaml-text.ts';
import { type Findings, flagOf, textOf, textsOf } from './findings.ts';
import { httpApiCors } from './read-cors.ts';
import { readGatewayResponses } from './read-gateway-responses.ts';
import { readPolicy } from './read-policy.ts';
import { readValidators, type Validation } from './read-validators.ts';

/** Where an extension can stand. */
export type Level = 'root' | 'path' | 'operation' | 'scheme' | 'server' | 'components' | 'other';

/** What the extensions of a whole document come to. */
export interface DocumentDraft {
  readonly findings: Findings;
  /** Fields of `defaults`. */
  readonly defaults: Entry[];
  /** Fields of `targets.aws`. */
  readonly aws: Map<string, Entry>;
  readonly tls: Entry[];
  validators: ReadonlyMap<string, Validation>;
  /** Where callers without a credential are redirected. */
  login: string | undefined;
  /** An HTTP API does CORS for all of its paths. */
  hasCors: boolean;
}

interface Row {
  readonly on: readonly Level[];
  /** For extensions of the document; those of paths, operations and schemes are read with what they stand on. */
  readonly read?: (node: Node, draft: DocumentDraft) => void;
  /** What remains to be said where nothing is derived. */
  readonly note?: string;
}

/** Every extension of API Gateway (API Gateway Developer Guide, "OpenAPI extensions for API Gateway") and what becomes of it. */
export const extensions: { readonly [name: string]: Row } = {
  'x-amazon-apigateway-integration': { on: ['operation'] },
  'x-amazon-apigateway-integrations': { on: ['components'] },
  'x-amazon-apigateway-any-method': { on: ['path'] },
  'x-amazon-apigateway-auth': { on: ['operation'] },
  'x-amazon-apigateway-authorizer': { on: ['scheme'] },
  'x-amazon-apigateway-authtype': { on: ['scheme'] },
  'x-amazon-apigateway-request-validator': { on: ['root', 'operation'] },
  'x-amazon-apigateway-request-validators': {
    on: ['root'],
    read: (node, draft) => {
      draft.validators = readValidators(node, draft.findings);
    },
  },
  'x-amazon-apigateway-gateway-responses': {
    on: ['root'],
    read: (node, draft) => {
      draft.login = readGatewayResponses(node, draft.findings);
    },
  },
  'x-amazon-apigateway-policy': { on: ['root'], read: applyPolicy },
  'x-amazon-apigateway-cors': { on: ['root'], read: applyCors },
  'x-amazon-apigateway-endpoint-configuration': { on: ['root', 'server'], read: applyEndpoint },
  'x-amazon-apigateway-api-key-source': { on: ['root'], read: applyKeySource },
  'x-amazon-apigateway-security-policy': { on: ['root'], read: applySecurityPolicy },
  'x-amazon-apigateway-binary-media-types': {
    on: ['root'],
    note: 'Binary media types need no list: gwc forwards every body as it is.',
  },
  'x-amazon-apigateway-minimum-compression-size': {
    on: ['root'],
    note: 'gwc does not compress answers: the back end can, or what stands in front of the gateway.',
  },
  'x-amazon-apigateway-endpoint-access-mode': {
    on: ['root'],
    note: 'The access mode of the endpoint has no field: the template of gwc closes the default endpoint and serves its own domain.',
  },
  'x-amazon-apigateway-documentation': {
    on: ['root'],
    note: 'Documentation parts are no part of a gateway.',
  },
  'x-amazon-apigateway-tag-value': { on: ['other'], note: 'Values of tags are no part of a gateway.' },
  'x-amazon-apigateway-importexport-version': { on: ['root'] },
};

function applyPolicy(node: Node, draft: DocumentDraft): void {
  const { defaults, isPrivate } = readPolicy(node, draft.findings);
  draft.defaults.push(...defaults);
  if (isPrivate) endpointIsPrivate(draft, 'The resource policy names endpoints of a VPC.');
}

function applyCors(node: Node, draft: DocumentDraft): void {
  draft.hasCors = true;
  draft.defaults.push(nested('cors', httpApiCors(node, draft.findings), 'From x-amazon-apigateway-cors.'));
}

function applyEndpoint(node: Node, draft: DocumentDraft): void {
  const ids = textsOf(node.child('vpcEndpointIds'), 'a list of endpoints', draft.findings);
  if (ids.length > 0) {
    endpointIsPrivate(draft, `From vpcEndpointIds: ${commentText(ids.join(', '))}.`);
    draft.findings.note(
      node,
      'The VPC endpoints of a private API are settings of the deployment, not of the document.',
    );
  }
  const disabled = node.child('disableExecuteApiEndpoint');
  if (flagOf(disabled, 'disableExecuteApiEndpoint', draft.findings) === false && disabled !== undefined) {
    draft.findings.note(
      disabled,
      'The default endpoint of API Gateway stays open; the template of gwc closes it, because it goes around the domain.',
    );
  }
}

function endpointIsPrivate({ aws }: DocumentDraft, why: string): void {
  aws.set('endpoint', field('endpoint', 'private', why));
}

function applyKeySource(node: Node, { findings }: DocumentDraft): void {
  const source = textOf(node, 'HEADER or AUTHORIZER', findings)?.toUpperCase();
  if (source === 'AUTHORIZER') {
    findings.lose(
      node,
      'API keys come from the Lambda authorizer (api-key-source: AUTHORIZER); gwc reads them from the header X-Api-Key, so callers have to send them',
    );
  } else if (source !== undefined && source !== 'HEADER') {
    findings.misread(node, 'HEADER or AUTHORIZER');
  }
}

function applySecurityPolicy(node: Node, draft: DocumentDraft): void {
  const policy = textOf(node, 'the name of a TLS policy', draft.findings);
  if (policy === undefined) return;
  if (/^SecurityPolicy_TLS13_1_3_/.test(policy)) {
    draft.tls.push(
      field('minVersion', '1.3', `From x-amazon-apigateway-security-policy (${commentText(policy)}).`),
    );
  } else {
    draft.findings.note(node, 'gwc serves TLS 1.2 and newer, with the ciphers of the target.');
  }
}
