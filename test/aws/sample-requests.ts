import { afterAll, beforeAll } from 'vitest';
import { type Backend, startBackend } from '../support/backend.ts';
import type { HeaderList } from '../support/http-message.ts';
import { exchange, type RawResponse, requestBytes } from '../support/raw-http.ts';
import { type Sample, startSample } from './sample-template.ts';
import type { RunningStack, StackOptions } from './stack/start-stack.ts';

/** One sample with its back end, and requests to it. */
interface SampleGateway {
  readonly backend: Backend;
  readonly stack: RunningStack;
  readonly send: (
    line: string,
    headers?: HeaderList,
    body?: string,
    more?: { readonly host?: string; readonly from?: string },
  ) => Promise<RawResponse>;
}

/** Runs a test with a sample of its own. */
type WithSample = (
  sample: Sample,
  test: (gateway: SampleGateway) => Promise<void>,
  options?: Partial<StackOptions>,
) => Promise<void>;

/** Samples of one file share a back end; each sample starts and stops. */
export function samples(): WithSample {
  let backend: Backend;
  beforeAll(async () => {
    backend = await startBackend();
  });
  afterAll(async () => {
    await backend.stop();
  });
  return async (sample, test, options = {}) => {
    backend.forget();
    const stack = await startSample(sample, {
      hosts: new Map([['things.test:443', backend.port]]),
      ...options,
    });
    const send: SampleGateway['send'] = (line, headers = [], body = '', { from, host = 'api.test' } = {}) => {
      const length: HeaderList = body === '' ? [] : [['Content-Length', String(body.length)]];
      const bytes = requestBytes(`${line} HTTP/1.1`, [['Host', host], ...headers, ...length], body);
      const head = line.startsWith('HEAD ');
      return exchange({ port: stack.port, ...(from === undefined ? {} : { from }) }, bytes, { head });
    };
    try {
      await test({ backend, stack, send });
    } finally {
      await stack.stop();
    }
  };
}
