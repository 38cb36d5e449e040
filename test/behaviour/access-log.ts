import { expect } from 'vitest';
import type { Backend } from '../support/backend.ts';
import type { RawResponse } from '../support/raw-http.ts';
import type { RunningGateway } from '../support/running-gateway.ts';
import type { Expectation } from './case.ts';

/** The id of a request: what the back end was told, or what the problem says. */
export function requestId(response: RawResponse, backends: ReadonlyMap<string, Backend>): string {
  const told = [...backends.values()].flatMap(({ requests }) => requests[0]?.values('x-request-id') ?? []);
  return told[0] ?? String(JSON.parse(response.text).instance).replace(/^urn:uuid:/, '');
}

/** What the access log must say about a request; its lines come with a delay. */
export async function checkLog(
  wanted: NonNullable<Expectation['log']>,
  id: string,
  gateway: RunningGateway,
): Promise<void> {
  const line = await logged(id, gateway);
  for (const [name, value] of Object.entries(wanted)) {
    if (value === null) expect([null, '', '-', undefined], name).toContain(line[name]);
    else expect(line[name], name).toBe(value);
  }
}

async function logged(id: string, { log }: RunningGateway): Promise<Record<string, unknown>> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const line = log().find((one) => one['request_id'] === id);
    if (line !== undefined) return line;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`nothing was logged about ${id}`);
}
