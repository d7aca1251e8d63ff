import { TcpProxy } from '#test/support/tcp-proxy.js';

/** The message at which a client's connections are cut for good. */
export interface CutPoint {
  /** Whether a message counts. */
  readonly matches: (sent: Buffer) => boolean;
  /** Which of these messages is the last one; 1 is the first. */
  readonly nth: number;
  /** Whether the last message still arrives, and only its answer is lost. */
  readonly reaches: 'nobody' | 'the server';
}

/** A client behind this proxy looks to the server like a process that dies at one moment. */
export interface CuttingProxy {
  readonly port: number;
  readonly hasCut: boolean;
  close(): Promise<void>;
}

/** @param serverPort - the port of the server, on loopback */
export async function openCuttingProxy(
  serverPort: number,
  { matches, nth, reaches }: CutPoint,
): Promise<CuttingProxy> {
  let left = nth;
  let hasCut = false;
  const proxy = await TcpProxy.open(serverPort, () => ({
    fromClient: (data, { upstream }) => {
      if (hasCut) return;
      if (!matches(data) || --left > 0) {
        upstream.write(data);
        return;
      }
      hasCut = true;
      if (reaches === 'nobody') proxy.cut();
      // The answer shows that the server is done: the connections are cut then.
      else upstream.write(data);
    },
    fromUpstream: (data, { client }) => {
      if (hasCut) proxy.cut();
      else client.write(data);
    },
  }));
  return {
    port: proxy.port,
    get hasCut() {
      return hasCut;
    },
    close: () => proxy.close(),
  };
}
