/** A request of the bench to a server, over IPC. */
export type ToServer = 'usage' | 'stop';

/** A message of a server to the bench: first its port, then answers. */
export type FromServer =
  | { readonly port: number }
  /** CPU time of the whole process, all threads, user and system, in microseconds. */
  | { readonly cpu: number };

export interface Served {
  readonly port: number;
  stop(): Promise<void>;
}

/** The argument from the bench. */
export const settings = (): unknown => JSON.parse(process.argv[2] ?? 'null');

/** Serves until the bench stops it or ends. */
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
