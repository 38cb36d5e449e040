import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VerifierData } from '../../../src/targets/nginx/verifier/guard.ts';
import { startNginx } from '../../support/nginx.ts';
import { freePort } from '../../support/ports.ts';
import { type Connection, openConnection, type RawResponse, requestBytes } from '../../support/raw-http.ts';
import { testedNginx } from '../../support/tested-nginx.ts';
import { dataFolder, type Engine, inputHeaders, isVerdictHeader } from './engine.ts';
import { njsFolder } from './node-engine.ts';

export interface NginxEngine extends Engine {
  readonly port: number;
  readonly folder: string;
  /** What nginx wrote to its error log. */
  readonly errors: () => string;
  /** Calls an entry of the test's own njs module `layers` with a JSON body. */
  readonly call: (entry: string, body: unknown) => Promise<unknown>;
}

/** Runs the emitted verifier inside nginx, asked on its own server over one kept connection at a time. */
export const nginxEngine = async (data: VerifierData): Promise<NginxEngine> => {
  const { folder, remove } = dataFolder(data);
  const port = await freePort();
  prepare(folder, port);
  const nginx = await startNginx({ folder, ports: [port] }).catch((error: unknown) => {
    remove();
    throw error;
  });
  const send = serialSender(port);
  return {
    name: 'nginx',
    port,
    folder,
    errors: nginx.stderr,
    stop: async () => {
      await nginx.stop();
      remove();
    },
    ask: async (guard, facts) => {
      const response = await send(
        requestBytes(`GET /${guard.id} HTTP/1.1`, [['Host', 'v'], ...inputHeaders(guard, facts)]),
      );
      return {
        status: response.status,
        headers: Object.fromEntries(
          response.headers
            .filter(([name]) => isVerdictHeader(name))
            .map(([name, value]) => [name.toLowerCase(), value]),
        ),
      };
    },
    call: async (entry, body) => {
      const bytes = Buffer.from(JSON.stringify(body));
      const response = await send(
        requestBytes(
          `POST /layers/${entry} HTTP/1.1`,
          [
            ['Host', 'v'],
            ['Content-Length', String(bytes.length)],
          ],
          bytes,
        ),
      );
      if (response.status !== 200)
        throw new Error(`${entry} answered ${response.status}: ${response.text}\n${nginx.stderr()}`);
      return JSON.parse(response.text) as unknown;
    },
  };
};

const prepare = (folder: string, port: number): void => {
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'run'));
  cpSync(njsFolder, join(folder, 'njs'), { recursive: true });
  const layers = readFileSync(new URL('layers.js', import.meta.url), 'utf8');
  writeFileSync(join(folder, 'njs', 'layers.js'), layers.replaceAll(/'[^']*\/([\w-]+\.js)'/g, "'./$1'"));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path run/${name};`,
  );
  const { jsEngine, jsModule } = testedNginx;
  writeFileSync(
    join(folder, 'nginx.conf'),
    `${jsModule === undefined ? '' : `load_module ${jsModule};`}
pid run/nginx.pid; worker_processes 1; error_log stderr warn;
${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http {
  access_log off; server_tokens off; keepalive_requests 1000000;
  client_max_body_size 64m; client_body_buffer_size 64m; large_client_header_buffers 4 32k;
  ${temporary.join(' ')}
  js_path njs; ${jsEngine === undefined ? '' : `js_engine ${jsEngine};`}
  js_import gateway from gateway.js;
  js_import layers from layers.js;
  js_set $encoded_target gateway.encodedTarget;
  server {
    listen 127.0.0.1:${port};
    root data;
    location / { js_content gateway.verify; }
    location = /layers/readKeySet { js_content layers.readKeySet; }
    location = /layers/verifyCompact { js_content layers.verifyCompact; }
    location = /layers/verifyTokens { js_content layers.verifyTokens; }
    location = /layers/evaluate { js_content layers.evaluate; }
    location = /layers/allHold { js_content layers.allHold; }
    location = /layers/readObject { js_content layers.readObject; }
    location /target { return 200 $encoded_target; }
  }
}
`,
  );
};

/** One request after another on one connection, opened again when the server closed it. */
const serialSender = (port: number): ((bytes: Buffer) => Promise<RawResponse>) => {
  let connection: Connection | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const once = async (bytes: Buffer): Promise<RawResponse> => {
    connection ??= await openConnection({ port });
    const used = connection;
    connection = undefined;
    used.send(bytes);
    const response = await used.response();
    if (response.header('connection') === 'close') used.close();
    else connection = used;
    return response;
  };
  return (bytes) => {
    const next = last.then(() => once(bytes));
    last = next.catch(() => undefined);
    return next;
  };
};
