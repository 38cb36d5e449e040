import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

/** Different TCP ports of the loopback address that nothing listens on now. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const servers = await Promise.all(Array.from({ length: count }, listenAnywhere));
  const ports = servers.map(({ port }) => port);
  await Promise.all(servers.map(({ close }) => close()));
  return ports;
};

/** One TCP port of the loopback address that nothing listens on now. */
export const freePort = async (): Promise<number> => {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('no port was given');
  return port;
};

/**
 * Ports are drawn below the range from which the kernel takes source ports (32768 on Linux), so that no connection of
 * another test can take one between this look and the start of the server that wants it.
 */
const firstPort = 10_000;
const lastPort = 32_000;

const listenAnywhere = (): Promise<{ readonly port: number; readonly close: () => Promise<void> }> =>
  new Promise((resolve) => {
    const server = createServer();
    const port = randomInt(firstPort, lastPort);
    server.once('error', () => resolve(listenAnywhere()));
    server.listen(port, '127.0.0.1', () => {
      const close = (): Promise<void> => new Promise((done) => server.close(() => done()));
      resolve({ port, close });
    });
  });

/** Whether something accepts connections. */
export const answers = (port: number, host = '127.0.0.1'): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
