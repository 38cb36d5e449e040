import { rmSync } from 'node:fs';
import type { Algorithm, KeySource } from '../../src/model/authentication.ts';
import type { Gateway, Secret } from '../../src/model/gateway.ts';
import type { Artifact } from '../../src/targets/target.ts';
import { emitted, settings } from '../nginx/start-model.ts';
import { type Backend, startBackend } from '../support/backend.ts';
import {
  authenticator,
  backend,
  gateway,
  host,
  operation,
  required,
  route,
  site,
  sourced,
} from '../support/model.ts';
import { type RunningNginx, startNginx } from '../support/nginx.ts';
import { freePorts } from '../support/ports.ts';
import { exchange, type RawResponse, requestBytes } from '../support/raw-http.ts';
import { readableFolder, writeFiles } from '../support/running-gateway.ts';
import { forTestedNginx, withJsEngine } from '../support/tested-nginx.ts';
import { type Claims, mint, type SigningKey } from '../support/tokens.ts';

/** One trusted issuer of the only authenticator. */
interface Issuer {
  readonly issuer: string;
  readonly keys: KeySource;
}

export interface GatewayOptions {
  readonly issuers: readonly Issuer[];
  readonly algorithms?: readonly Algorithm[];
  readonly secrets?: readonly Secret[];
  readonly workers?: number;
  /** Text of the bundle of authorities that issuers are verified with. */
  readonly authorities?: string;
  /** Changes what was emitted, and adds what others put into the folder. */
  readonly alter?: (artifacts: readonly Artifact[]) => readonly Artifact[];
}

export interface RunningGateway {
  readonly folder: string;
  /** Of the listener. */
  readonly port: number;
  readonly nginx: RunningNginx;
  /** Paths of what was emitted. */
  readonly artifacts: readonly string[];
  readonly backend: Backend;
  /** Asks for `/guarded` with a token. */
  readonly call: (token: string, headers?: readonly (readonly [string, string])[]) => Promise<RawResponse>;
  /** Asks the verifier's own server. */
  readonly ask: (path: string) => Promise<RawResponse>;
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The model with one guarded operation; ports are of its front, its verifier and its back end. */
export const modelOf = (
  { issuers, algorithms = ['RS256', 'ES256'], secrets = [], workers = 1 }: GatewayOptions,
  [front = 0, verifier = 0, back = 0]: readonly number[],
): Gateway =>
  forTestedNginx(
    gateway({
      authenticators: [
        authenticator('user', {
          algorithms: sourced(algorithms),
          issuers: sourced(
            issuers.map(({ issuer, keys }) => ({
              issuer: sourced(issuer),
              audiences: sourced(['api']),
              keys: sourced(keys),
            })),
          ),
        }),
      ],
      secrets,
      sites: [
        site(
          [
            route('/guarded', [operation('GET', { id: 'guarded', authentication: sourced(required()) })]),
            route('/open', [operation('GET', { id: 'open' })]),
          ],
          [host('a.test', 'http', front)],
        ),
      ],
      backends: [backend('main', { nodes: [sourced({ host: '127.0.0.1', port: back, weight: 1 })] })],
      targets: settings(
        {
          workers: sourced(workers),
          errorLog: sourced('error'),
          paths: { ...gateway().targets.nginx.paths, certificates: sourced('tls/authorities.pem') },
        },
        { verifier: sourced(verifier) },
      ),
    }),
  );

/** What a gateway with these options is emitted as. */
export const artifactsOf = (options: GatewayOptions): readonly Artifact[] =>
  emitted(modelOf(options, [8080, 8081, 8082]));

/** Emits a gateway that trusts the issuers and starts it. */
export const startGateway = async (options: GatewayOptions): Promise<RunningGateway> => {
  const [front = 0, verifier = 0] = await freePorts(2);
  const back = await startBackend();
  const folder = readableFolder();
  const { alter = (artifacts) => artifacts, authorities = '' } = options;
  const artifacts = emitted(modelOf(options, [front, verifier, back.port]));
  writeFiles(folder, [
    ...withJsEngine(alter(artifacts)),
    { path: 'tls/authorities.pem', contents: authorities },
  ]);
  const start = (): Promise<RunningNginx> => startNginx({ folder, ports: [front, verifier] });
  let nginx: RunningNginx;
  try {
    nginx = await start();
  } catch (error) {
    await back.stop();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    folder,
    port: front,
    get nginx() {
      return nginx;
    },
    artifacts: artifacts.map(({ path }) => path),
    backend: back,
    call: (token, headers = []) =>
      exchange(
        { port: front },
        requestBytes('GET /guarded HTTP/1.1', [
          ['Host', 'a.test'],
          ['Authorization', `Bearer ${token}`],
          ...headers,
        ]),
      ),
    ask: (path) => exchange({ port: verifier }, requestBytes(`GET ${path} HTTP/1.1`, [['Host', 'v']])),
    restart: async () => {
      await nginx.stop();
      nginx = await start();
    },
    stop: async () => {
      await nginx.stop();
      await back.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Good claims of a token of an issuer, with changes. */
export const claimsOf = (issuer: string, changes: Claims = {}): Claims => {
  const now = Math.floor(Date.now() / 1000);
  return { iss: issuer, aud: 'api', sub: 'somebody', exp: now + 600, iat: now, ...changes };
};

export const tokenOf = (issuer: string, key: SigningKey, changes: Claims = {}, header: Claims = {}): string =>
  mint(claimsOf(issuer, changes), { key, header });
