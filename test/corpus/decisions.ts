/** What a person decided about one document of the corpus. */
export interface Decision {
  /** Given as `--server`: some server of the document names no host. */
  readonly server?: string;
  /** `fixtures/corpus/<name>.decisions.yaml`: what it answers, and the errors that there are without it. */
  readonly overlay?: { readonly name: string; readonly answers: readonly string[]; readonly why: string };
  /** Given as `--env`. */
  readonly env?: string;
  /** Schemes of the type `apiKey` that carry tokens, by their descriptions. */
  readonly tokens?: readonly string[];
  /** Templates that are no OpenAPI, with those that the overlay puts in their place. */
  readonly respelled?: Readonly<Record<string, string>>;
  /** Operations that the overlay takes out, as `METHOD template`: why they cannot be served. */
  readonly leftOut?: Readonly<Record<string, string>>;
  /** Nothing can be built: codes of the errors and why. */
  readonly refused?: { readonly codes: readonly string[]; readonly why: string };
}

const server = 'https://api.example.com';
const notCanonical =
  'Its literal text holds a semicolon or an encoded slash: no request target in canonical form has that.';

/** By file; a document that is not here builds with the plain overlay alone. Each line was looked up in the document. */
export const decisions: Readonly<Record<string, Decision>> = {
  'kubernetes/swagger-1.13.json': { server, tokens: ['BearerToken'] },
  'docker-engine/swagger.yaml': { server },
  'digitalocean/specification/DigitalOcean-public.v2.yaml': {
    server,
    overlay: {
      name: 'digitalocean',
      answers: ['SEC002', 'SRV002'],
      why: 'One of 659 operations has the server "https://" and is public although it changes data.',
    },
    leftOut: {
      'PUT /<upload_url>':
        'Its server is "https://", and its path stands for a whole URL of another service.',
    },
  },
  'redocly-cafe/cafe.yaml': {
    overlay: {
      name: 'cafe',
      answers: ['SEC002'],
      why: 'POST "/oauth2/register" is public and changes data.',
    },
  },
  'redocly-cafe-split/cafe.yaml': {
    overlay: {
      name: 'cafe-split',
      answers: ['SEC002'],
      why: 'The same operation as in one file, behind a reference that no overlay reaches.',
    },
    env: 'decided',
  },
  'oai-petstore-separate/spec/swagger.json': {
    overlay: { name: 'behind-balancer', answers: ['SRV003'], why: 'Its only scheme is "http".' },
  },
  'oai-examples/non-oauth-scopes.yaml': { server },
  'oai-examples/webhook-example.json': {
    refused: { codes: ['RTE008'], why: 'It has webhooks only, which the vendor calls: nothing is served.' },
  },
  'readme/server-path-level.yaml': { server },
  'readme/server-variables.json': { server },
  'kong/12-path-parameter-regex.yaml': {
    overlay: { name: 'path-parameter-regex', answers: ['OAS040'], why: 'Two operations are called "opsid".' },
  },
  'kong/08-route-defaults-overrides.yaml': {
    overlay: { name: 'route-defaults', answers: ['OAS030'], why: '"{param}" of a path is declared nowhere.' },
  },
  'kong/learnservice_oas.yaml': { server },
  'google/endpoints-getting-started.yaml': {
    overlay: { name: 'behind-balancer', answers: ['SRV003'], why: 'Its only scheme is "http".' },
  },
  'aws/sam-swagger1.json': { server },
  'aws/proxy-plus-pulumi.json': { server, tokens: ['Auth0'] },
  'kusk/petshop-openapi-short-with-kusk.yaml': {
    server,
    overlay: {
      name: 'petshop',
      answers: ['AUT016'],
      why: 'Its key is in the header "api_key", and servers drop names with underscores.',
    },
  },
  'box/openapi.json': {
    server,
    overlay: {
      name: 'box',
      answers: ['SEC002', 'SEC002', 'SEC002'],
      why: 'Three operations that issue and revoke tokens are public and change data.',
    },
  },
  'discord/openapi.json': {
    overlay: {
      name: 'discord',
      answers: Array.from({ length: 22 }, () => 'SEC004'),
      why: '22 operations let anonymous callers pass ("{}") and do not say why.',
    },
  },
  'apisguru/azure.com_batch-BatchService.json': { server },
  'apisguru/amazonaws.com_apigateway.json': { server },
  'wso2/aws_lambda_openAPI.yaml': { server },
  'typespec/library.swagger.json': {
    server,
    overlay: {
      name: 'library',
      answers: Array.from({ length: 6 }, () => 'OAS022'),
      why: 'Six of seven paths have parameters by the syntax of gRPC transcoding.',
    },
    respelled: {
      '/v1/{book.name=shelves/*/books/*}': '/v1/shelves/{shelf}/books/{book}',
      '/v1/{name=shelves/*/books/*}': '/v1/shelves/{shelf}/books/{book}',
      '/v1/{name=shelves/*/books/*}:move': '/v1/shelves/{shelf}/books/{book}:move',
      '/v1/{name=shelves/*}': '/v1/shelves/{shelf}',
      '/v1/{name=shelves/*}/books': '/v1/shelves/{shelf}/books',
      '/v1/{name=shelves/*}:merge': '/v1/shelves/{shelf}:merge',
    },
  },
  'autorest/url.json': {
    overlay: {
      name: 'url',
      answers: ['RTE001', 'RTE001', 'RTE001', 'RTE001'],
      why: 'Four paths test clients with text that no request target in canonical form has.',
    },
    leftOut: {
      'GET /paths/string/begin%21%2A%27%28%29%3B%3A%40%20%26%3D%2B%24%2C%2F%3F%23%5B%5Dend/{stringPath}':
        notCanonical,
      "GET /paths/string/begin!*'();:@&=+$,end/{stringPath}": notCanonical,
      'GET /paths/array/ArrayPath1%2cbegin%21%2A%27%28%29%3B%3A%40%20%26%3D%2B%24%2C%2F%3F%23%5B%5Dend%2c%2c/{arrayPath}':
        notCanonical,
      'GET /queries/string/begin%21%2A%27%28%29%3B%3A%40%20%26%3D%2B%24%2C%2F%3F%23%5B%5Dend': notCanonical,
    },
  },
};
