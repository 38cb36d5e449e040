import { diagnosticKind } from '../../diagnostics/diagnostic.ts';

/** A setting of `targets.aws` that this version cannot emit. */
export const settingNotSupported = diagnosticKind<{
  setting: string;
  value: string;
  reason: string;
  instead: string;
}>({
  code: 'AWS001',
  severity: 'error',
  title: 'A setting of the AWS target cannot be emitted',
  message: ({ setting, value, reason }) => `targets.aws.${setting}: ${value} cannot be emitted: ${reason}.`,
  consequence: 'Another gateway than the one that was asked for would be deployed, so nothing is written.',
  fix: ({ instead }) => instead,
});

/** Quotas that an account has until it asks for more (Developer Guide, "Amazon API Gateway quotas and important notes"). */
export const resourceQuota = diagnosticKind<{ count: number; quota: number; api: string }>({
  code: 'AWS002',
  severity: 'warning',
  title: 'A REST API has more resources than an account may have without asking',
  message: ({ count, quota, api }) =>
    `${api} has ${count} resources, each node of the tree of paths counted; the quota of an account is ${quota}.`,
  consequence:
    'The import fails in an account whose quota has not been raised; nothing is changed there then.',
  fix: 'Have "Resources per API" raised (Service Quotas), or write targets.aws.split: first-segment.',
});

/** BEHAVIOUR.md §2.2, "On AWS". */
export const pathProfileOfService = diagnosticKind<{ operations: number }>({
  code: 'AWS003',
  severity: 'info',
  title: 'API Gateway judges paths by its own normalisation',
  message: ({ operations }) =>
    `Requests whose path is not canonical are answered as API Gateway reads them on ${operations === 1 ? 'one operation' : `${operations} operations`}, not with 400.`,
  consequence:
    'Every path that reaches an HTTP back end is a constant of the document, so only the status differs.',
  fix: 'Write waf: block or targets.aws.edge: cloudfront where the status must be 400.',
});

/** CloudFront Developer Guide, "Quotas on CloudFront Functions": the size is fixed. */
export const edgeFunctionTooLarge = diagnosticKind<{ event: string; excess: number }>({
  code: 'AWS010',
  severity: 'error',
  title: 'A function of CloudFront would be too large',
  message: ({ event, excess }) =>
    `The function for the event ${event} is ${excess} bytes larger than CloudFront takes: too many operations differ from most others.`,
  consequence: 'CloudFront would not publish the function, so nothing is written.',
  fix: 'Let more operations share login, authenticators, cors and response headers, or divide the documents into several gateways.',
});

/** The body of an import is limited to 6 MB (Developer Guide, quotas: "Size of the API definition"). */
export const bodyTooLarge = diagnosticKind<{ bytes: number; limit: number }>({
  code: 'AWS004',
  severity: 'error',
  title: 'The body of a REST API is larger than API Gateway imports',
  message: ({ bytes, limit }) =>
    `The OpenAPI body would have ${bytes} bytes; API Gateway imports at most ${limit}.`,
  consequence: 'The import would fail, so nothing is written.',
  fix: 'Write targets.aws.split: first-segment, or serve the documents as several gateways.',
});

/** Terraform, "Sensitive data in state": values of resources and of data sources are part of the state. */
export const secretInState = diagnosticKind<{ secrets: string }>({
  code: 'AWS011',
  severity: 'info',
  title: 'The state of Terraform holds secrets of the gateway',
  message: ({ secrets }) => `The state of Terraform holds ${secrets} in clear text.`,
  consequence: 'Whoever can read the state can read them; a stack of CloudFormation only refers to them.',
  fix: 'Keep the state encrypted and where few may read it, or write targets.aws.format: cloudformation.',
});

/** A text that is configuration to AWS, whatever it stands in. */
export const replacedText = diagnosticKind<{ start: string }>({
  code: 'AWS012',
  severity: 'error',
  title: 'A text of the document would be replaced by a value of the account',
  message: ({ start }) =>
    `A text contains "${start}", which AWS replaces by a secret or a value of the account.`,
  consequence:
    'Whoever writes the document could read what it does not name, and send it to a back end; nothing is written.',
  fix: 'Write the text without it. A secret is named in secrets, and referred to by its name.',
});
