import { ServiceProcess } from '#test/support/service-process.js';
import { projections } from '#projections/all.js';
import { until } from '#test/support/until.js';

/** Several projectors, of which one is active and the others are on standby; each a real process. */
export class ProjectorProcesses {
  readonly #running = new Set<ServiceProcess>();

  constructor(
    private readonly folder: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  async add(): Promise<void> {
    const { folder, environment } = this;
    this.#running.add(await ServiceProcess.start({ app: 'worker', folder, environment }));
  }

  /** The projector of most projections, and those projections, once each has a projector. */
  mostActive(): Promise<{ readonly one: ServiceProcess; readonly names: readonly string[] }> {
    return until('every projection has its projector', async () => {
      const active = await Promise.all(
        [...this.#running].map(async (one) => ({ one, names: await activeIn(one) })),
      );
      const [most] = active.sort((a, b) => b.names.length - a.names.length);
      const total = active.reduce((sum, { names }) => sum + names.length, 0);
      return most === undefined || total !== projections.length ? null : most;
    });
  }

  async kill(one: ServiceProcess): Promise<void> {
    this.#running.delete(one);
    await one.stop('SIGKILL');
  }

  /** Their new complaints since the last call. */
  complaints(): string[] {
    return [...this.#running].flatMap(({ complaints }) => (complaints === '' ? [] : [complaints]));
  }

  async end(): Promise<void> {
    await Promise.all([...this.#running].map((one) => one.stop('SIGKILL')));
  }
}

/** The projections that a process runs, by its metrics. */
export async function activeIn(one: ServiceProcess): Promise<string[]> {
  const text = await metricsOf(one);
  const active = [...text.matchAll(/^tickets_projection_active\{projection="([^"]+)"\} 1$/gm)].map(
    ([, name = '']) => name,
  );
  return projections.map(({ name }) => name).filter((name) => active.includes(name));
}

async function metricsOf({ url, errors, complaints }: ServiceProcess): Promise<string> {
  try {
    const response = await fetch(`${url}/metrics`, { headers: { connection: 'close' } });
    return await response.text();
  } catch (error) {
    const { cause } = error as Error;
    throw new Error(`A projector does not answer (${String(cause)}): ${errors} ${complaints}`, {
      cause: error,
    });
  }
}
