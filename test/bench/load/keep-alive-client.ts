import { connect, type Socket } from 'node:net';

/** The results of the requests. */
export interface Outcome {
  /** The number of answers by status. */
  readonly statuses: Map<number, number>;
  /** Milliseconds from sending a request to the last byte of its answer, for each request. */
  readonly latencies: number[];
}

/**
 * Sends requests over one connection, one after the other. It supports just enough of HTTP/1.1 for
 * answers with a Content-Length, so that on a machine with few cores the measurement takes little
 * from the measured server.
 */
export function sendAll(
  port: number,
  nextRequest: () => Buffer | undefined,
  { statuses, latencies }: Outcome,
  /** The milliseconds until the next request is due. */
  pause: () => number = () => 0,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ host: '127.0.0.1', port, noDelay: true });
    let answer = '';
    let sentAt = 0;
    const sendNext = () => {
      const milliseconds = pause();
      if (milliseconds > 0) setTimeout(send, milliseconds);
      else send();
    };
    const send = () => {
      const request = nextRequest();
      if (request === undefined) {
        socket.destroy();
        resolve();
        return;
      }
      answer = '';
      sentAt = performance.now();
      socket.write(request);
    };
    socket.setEncoding('latin1');
    socket.on('connect', sendNext);
    socket.on('error', reject);
    socket.on('end', () => {
      reject(new Error('The server closed a connection.'));
    });
    socket.on('data', (chunk: string) => {
      answer += chunk;
      const length = lengthOf(answer);
      if (length === undefined || answer.length < length) return;
      latencies.push(performance.now() - sentAt);
      const status = Number(answer.slice(9, 12));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      sendNext();
    });
  });
}

/** The length of an answer, head and body, or undefined while its head is incomplete. */
function lengthOf(answer: string): number | undefined {
  const headEnd = answer.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(answer.slice(0, headEnd + 2))?.[1];
  if (length === undefined) throw new Error('An answer has no Content-Length.');
  return headEnd + 4 + Number(length);
}
