import { join } from 'node:path';
import type { VerifierData } from '../../../src/targets/nginx/verifier/guard.ts';
import { dataFolder, type Engine, inputHeaders, isVerdictHeader, type Verdict } from './engine.ts';

/** The part of njs's request object that the verifier uses. */
interface NjsRequest {
  readonly uri: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly rawVariables: Readonly<Record<string, Buffer>>;
  readonly headersIn: Readonly<Record<string, string>>;
  readonly headersOut: Record<string, string>;
  readonly error: (message: string) => void;
  readonly return: (status: number, body?: string) => void;
}

interface GatewayModule {
  readonly verify: (r: NjsRequest) => Promise<void>;
  readonly encodedTarget: (r: { readonly variables: { readonly request_uri: string } }) => string;
}

export const njsFolder = new URL('../../../templates/nginx/njs/', import.meta.url);

/** A module of the emitted code, loaded into this process. */
export const loadNjs = async (name: string): Promise<Readonly<Record<string, unknown>>> => {
  const loaded: unknown = await import(new URL(name, njsFolder).href);
  if (typeof loaded !== 'object' || loaded === null || !('default' in loaded))
    throw new Error(`${name} exports nothing`);
  return loaded.default as Readonly<Record<string, unknown>>;
};

export const loadGateway = async (): Promise<GatewayModule> =>
  (await loadNjs('gateway.js')) as unknown as GatewayModule;

/** Runs the emitted verifier in this process, behind a stand-in for njs's request object. */
export const nodeEngine = async (data: VerifierData): Promise<Engine> => {
  const gateway = await loadGateway();
  const { folder, remove } = dataFolder(data);
  return {
    name: 'node',
    stop: () => Promise.resolve(remove()),
    ask: async (guard, facts) => {
      const inputs = inputHeaders(guard, facts);
      const headersOut: Record<string, string> = {};
      let status = 0;
      const errors: string[] = [];
      await gateway.verify({
        uri: `/${guard.id}`,
        variables: { document_root: join(folder, 'data') },
        headersIn: Object.fromEntries(inputs),
        rawVariables: Object.fromEntries(
          inputs.map(([name, value]) => [
            `http_${name.toLowerCase().replaceAll('-', '_')}`,
            Buffer.from(value, 'latin1'),
          ]),
        ),
        headersOut,
        error: (message) => void errors.push(message),
        return: (code) => {
          status = code;
        },
      });
      return verdict(status, headersOut);
    },
  };
};

const verdict = (status: number, headers: Readonly<Record<string, string>>): Verdict => ({
  status,
  headers: Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => isVerdictHeader(name) && value !== '')
      .map(([name, value]) => [name.toLowerCase(), value]),
  ),
});
