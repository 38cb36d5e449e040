/** What a person decided about one document of the corpus. */
export interface Decision {
  /** Given as `--server`: some server of the document names no host. */
  readonly server?: string;
  /** `fixtures/corpus/<overlay>.decisions.yaml`. */
  readonly overlay?: string;
  /** Given as `--env`. */
  readonly env?: string;
  /** Schemes of the type `apiKey` that carry tokens, by their descriptions. */
  readonly tokens?: readonly string[];
  /** Operations that the overlay takes out, as `METHOD template`: why they cannot be served. */
  readonly leftOut?: Readonly<Record<string, string>>;
  /** Nothing can be built: codes of the errors and why. */
  readonly refused?: { readonly codes: readonly string[]; readonly why: string };
}

const server = 'https://api.example.com';
const transcoding =
  'Its parameter spans slashes, by the syntax of gRPC transcoding, which OpenAPI does not have.';
const notCanonical =
  'Its literal text holds a semicolon or an encoded slash: no request target in canonical form has that.';

/** By file; a document that is not here builds with the plain overlay alone. Each line was looked up in the document. */
export const decisions: Readonly<Record<string, Decision>> = {
  'kubernetes/swagger-1.13.json': { server, tokens: ['BearerToken'] },
  'docker-engine/swagger.yaml': { server },
  'digitalocean/specification/DigitalOcean-public.v2.yaml': {
    server,
    overlay: 'digitalocean',
    leftOut: {
      'PUT /<upload_url>':
        'Its server is "https://", and its path stands for a whole URL of another service.',
    },
  },
  'redocly-cafe/cafe.yaml': { overlay: 'cafe' },
  'redocly-cafe-split/cafe.yaml': { overlay: 'cafe-split', env: 'decided' },
  'oai-petstore-separate/spec/swagger.json': { overlay: 'behind-balancer' },
  'oai-examples/non-oauth-scopes.yaml': { server },
  'oai-examples/webhook-example.json': {
    refused: { codes: ['RTE008'], why: 'It has webhooks only, which the vendor calls: nothing is served.' },
  },
  'readme/server-path-level.yaml': { server },
  'readme/server-variables.json': { server },
  'kong/12-path-parameter-regex.yaml': { overlay: 'path-parameter-regex' },
  'kong/08-route-defaults-overrides.yaml': { overlay: 'route-defaults' },
  'kong/learnservice_oas.yaml': { server },
  'google/endpoints-getting-started.yaml': { overlay: 'behind-balancer' },
  'aws/sam-swagger1.json': { server },
  'aws/proxy-plus-pulumi.json': { server, tokens: ['Auth0'] },
  'kusk/petshop-openapi-short-with-kusk.yaml': { server },
  'box/openapi.json': { server, overlay: 'box' },
  'discord/openapi.json': { overlay: 'discord' },
  'apisguru/azure.com_batch-BatchService.json': { server },
  'apisguru/amazonaws.com_apigateway.json': { server },
  'wso2/aws_lambda_openAPI.yaml': { server },
  'typespec/library.swagger.json': {
    server,
    overlay: 'library',
    leftOut: {
      'PUT /v1/{book.name=shelves/*/books/*}': transcoding,
      'GET /v1/{name=shelves/*/books/*}': transcoding,
      'DELETE /v1/{name=shelves/*/books/*}': transcoding,
      'POST /v1/{name=shelves/*/books/*}:move': transcoding,
      'GET /v1/{name=shelves/*}': transcoding,
      'DELETE /v1/{name=shelves/*}': transcoding,
      'GET /v1/{name=shelves/*}/books': transcoding,
      'POST /v1/{name=shelves/*}/books': transcoding,
      'POST /v1/{name=shelves/*}:merge': transcoding,
    },
  },
  'autorest/url.json': {
    overlay: 'url',
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
