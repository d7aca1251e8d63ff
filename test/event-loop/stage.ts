import { Desk } from '#test/support/desk.js';
import { ServiceProcess, type App } from '#test/support/service-process.js';
import { openLog } from '#test/support/log.js';
import { raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';
import { heavyRequests, type Heavy } from './heavy-requests.js';
import { OWNERS, writeLargestData, type LargestData } from './largest-data.js';

/** Projecting so much takes a few seconds, and much longer while other suites run. */
const CATCH_UP_MS = 250_000;

const WITNESS = {
  NODE_OPTIONS: `--import=${new URL('./loop-witness.js', import.meta.url).href}`,
};

/** A service with the largest data that the rules allow. */
export interface Stage {
  readonly desk: Desk;
  readonly data: LargestData;
  readonly requests: readonly Heavy[];
  /** The processes that serve the API: the whole service, or its parts. */
  readonly services: readonly ServiceProcess[];
  close(): Promise<void>;
}

/** The whole service in one process, on the stores that are selected. */
export async function wholeService(): Promise<Stage> {
  const desk = await Desk.open(WITNESS);
  try {
    return await filled(desk);
  } catch (error) {
    await desk.close();
    throw error;
  }
}

async function filled(desk: Desk): Promise<Stage> {
  for (const id of OWNERS) await desk.putEngineer(id);
  await desk.putOwners('vpn', 'bob', 'carol');
  await desk.service.stop();
  const log = await openLog(desk);
  const data = await writeLargestData(log).finally(() => log.close());
  await desk.restart();
  const path = `/api/v1/admin/consumers?minPosition=${data.position}`;
  const ask = () => desk.as('anna').send({ method: 'GET', path });
  await until(
    'the views show the largest data',
    async () => ((await ask()).status === 200 ? true : null),
    CATCH_UP_MS,
  );
  const requests = heavyRequests(data, (await raise(desk)).ticketId);
  return { desk, data, requests, services: [desk.service], close: () => desk.close() };
}

/** The same data, served by a process for commands and one for queries. */
export async function separateProcesses(): Promise<Stage> {
  const stage = await wholeService();
  const { desk } = stage;
  await desk.service.stop();
  const { folder, environment } = desk;
  const start = (app: App) => ServiceProcess.start({ app, folder, environment });
  // The writer of commands creates what the others read.
  const commandApi = await start('command-api');
  const worker = await start('worker');
  const queryApi = await start('query-api');
  return {
    ...stage,
    services: [commandApi, queryApi],
    close: async () => {
      for (const service of [queryApi, worker, commandApi]) await service.stop();
      await desk.close();
    },
  };
}
