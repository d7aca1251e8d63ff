import { connect } from 'node:net';

/**
 * Sends raw bytes over a separate connection, and returns everything received. If the client closes
 * the connection, it sends nothing more.
 */
export function sendRaw(url: string, bytes: string | Buffer, hangUp = false): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const parts: Buffer[] = [];
    socket.on('data', (part) => parts.push(part));
    socket.on('error', reject);
    socket.on('close', () => {
      resolve(Buffer.concat(parts).toString('latin1'));
    });
    socket.setTimeout(5_000, () => socket.end());
    if (hangUp) socket.end(bytes);
    else socket.write(bytes);
  });
}

/** The status of a raw answer, or null if the connection was closed without one. */
export const statusOfRaw = (answer: string): number | null => {
  const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
  return status === undefined ? null : Number(status);
};
