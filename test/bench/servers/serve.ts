/** What the bench asks a server, over IPC. */
export type ToServer = 'usage' | 'stop';

/** What a server tells the bench: once where it listens, then what it was asked. */
export type FromServer =
  | { readonly port: number }
  /** CPU time of the whole process, all threads, user and system, in microseconds. */
  | { readonly cpu: number };

export interface Served {
  readonly port: number;
  stop(): Promise<void>;
}

/** What the bench gave as the one argument. */
export const settings = (): unknown => JSON.parse(process.argv[2] ?? 'null');

/** Serves until the bench says stop, or is gone. */
export async function serve(start: () => Promise<Served>): Promise<void> {
  const server = await start();
  const say = (message: FromServer) => process.send?.(message);
  process.on('message', (message: ToServer) => {
    if (message === 'usage') {
      const { user, system } = process.cpuUsage();
      say({ cpu: user + system });
    } else {
      void server.stop().then(() => {
        process.disconnect();
      });
    }
  });
  process.once('disconnect', () => process.exit(0));
  say({ port: server.port });
}
