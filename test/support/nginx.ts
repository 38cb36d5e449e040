import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { answers } from './ports.ts';
import { testedNginx } from './tested-nginx.ts';

export interface NginxOptions {
  /** The emitted folder: nginx's prefix. */
  readonly folder: string;
  /** Configuration file below the folder. */
  readonly configuration?: string;
  readonly binary?: string;
  /** Loopback ports that must accept connections before `startNginx` resolves. */
  readonly ports: readonly number[];
  /** Global directives added on the command line. */
  readonly globals?: string;
}

export interface RunningNginx {
  readonly pid: number;
  /** Everything written to standard error so far. */
  readonly stderr: () => string;
  /** Asks for a reload of the configuration; resolves as soon as the signal is sent. */
  readonly reload: () => void;
  /** Resolves when the process has ended. */
  readonly stop: () => Promise<void>;
}

const startDeadline = 15_000;
const stopDeadline = 5_000;

/**
 * Starts nginx in the foreground on a folder and waits until its ports answer. Throws with nginx's own words when it
 * ends before that. The binary is that of `testedNginx` when none is given.
 */
export const startNginx = async (options: NginxOptions): Promise<RunningNginx> => {
  const child = spawn(options.binary ?? testedNginx.binary, argumentsOf(options), {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let written = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written += text;
  });
  const failure = new Promise<never>((_resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`nginx ended with ${code}:\n${written}`)));
  });
  failure.catch(() => undefined);
  const endWithTests = (): void => void child.kill('SIGTERM');
  process.once('exit', endWithTests);
  const stop = async (): Promise<void> => {
    process.removeListener('exit', endWithTests);
    await stopChild(child);
  };
  try {
    await Promise.race([failure, waitFor(options.ports)]);
  } catch (error) {
    await stop();
    throw error instanceof Error && written !== '' && !error.message.includes(written)
      ? new Error(`${error.message}\n${written}`)
      : error;
  }
  return { pid: child.pid ?? 0, stderr: () => written, reload: () => void child.kill('SIGHUP'), stop };
};

const argumentsOf = ({ folder, configuration, globals }: NginxOptions): readonly string[] => [
  ...['-p', `${folder}/`, '-c', configuration ?? 'nginx.conf'],
  ...['-e', 'stderr', '-g', globals ?? 'daemon off;'],
];

const waitFor = async (ports: readonly number[]): Promise<void> => {
  const deadline = Date.now() + startDeadline;
  for (const port of ports) {
    while (!(await answers(port))) {
      if (Date.now() > deadline) throw new Error(`port ${port} does not answer`);
      await sleep(20);
    }
  }
};

const stopChild = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const cancel = new AbortController();
  const timer = sleep(stopDeadline, undefined, { signal: cancel.signal }).then(
    () => void child.kill('SIGKILL'),
    () => undefined,
  );
  await ended;
  cancel.abort();
  await timer;
};
