import { Desk } from '#test/support/desk.js';
import { newFolder, removeFolder } from '#test/support/folders.js';
import { metricsOf } from '#test/support/metrics.js';
import { creation } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';
import type { Fault, FaultRun } from './fault.js';
import { Controls } from './health/controls.js';
import { healthFaults, type HealthFault } from './health/table.js';

/** Ten seconds, and time for a busy machine to answer. */
const REPORT_TIMEOUT_MS = 40_000;
const RESTORE_TIMEOUT_MS = 60_000;

const levels = { degraded: 0.5, unavailable: 0 } as const;

/** Each fault of a table of faults of the log, the disk, the read models and the consumers. */
export const health: Fault = {
  name: 'health',
  holds:
    'health, metric and log report the lost part within ten seconds, commands and queries answer as ' +
    'expected, and the part is reported as restored by itself',
  target: healthFaults.length,
  async run({ trials, tried }: FaultRun) {
    let done = 0;
    let rounds = 0;
    while (done < trials) {
      rounds += 1;
      const folder = newFolder();
      const controls = new Controls(folder);
      const desk = await Desk.open({ ...controls.environment, LOG_LEVEL: 'info' });
      try {
        for (const fault of healthFaults.slice(0, trials - done)) {
          const failures = await failuresOf(desk, controls, fault);
          tried((done += 1));
          if (failures.length > 0) return { trials: done, rounds, failures };
        }
      } finally {
        await desk.close();
        removeFolder(folder);
      }
    }
    return { trials: done, rounds, failures: [] };
  },
};

async function failuresOf(desk: Desk, controls: Controls, fault: HealthFault): Promise<string[]> {
  const { name, part } = fault;
  const begun = desk.service.output.length;
  const hasLogged = (message: string) =>
    linesAfter(desk, begun).some(
      (line) => line.includes(`"${message}"`) && line.includes(`"part":"${part}"`),
    );
  const heal = await fault.inject(desk, controls);
  try {
    await until(`${name}: ${part} is reported`, () => reported(desk, fault), REPORT_TIMEOUT_MS);
    await until(
      `${name}: it is logged`,
      () => (hasLogged('health lost') ? true : null),
      REPORT_TIMEOUT_MS,
    );
    const failures = await wrongAnswers(desk, fault);
    heal?.();
    if (heal === null || failures.length > 0) return failures;
    await until(
      `${name}: it is restored`,
      async () => ((await partsOf(desk)).parts[part] === 'ok' ? true : null),
      RESTORE_TIMEOUT_MS,
    );
    await until(
      `${name}: its restoration is logged`,
      () => (hasLogged('health restored') ? true : null),
      REPORT_TIMEOUT_MS,
    );
    const losses = linesAfter(desk, begun).filter(
      (line) => line.includes('"health lost"') && line.includes(`"part":"${part}"`),
    );
    return losses.length === 1 ? [] : [`${name}: logged ${losses.length} times`];
  } catch (error) {
    const seen = JSON.stringify(await partsOf(desk));
    return [`${(error as Error).message}; the health is ${seen}`];
  }
}

const linesAfter = (desk: Desk, begun: number): string[] =>
  desk.service.output.slice(begun).split('\n');

async function partsOf(desk: Desk) {
  const answer = await desk.asNobody().json<{
    status: string;
    parts: Record<string, string>;
  }>({ method: 'GET', path: '/health/ready' });
  return { code: answer.status, ...answer.body };
}

async function reported(desk: Desk, { part, state }: HealthFault): Promise<true | null> {
  const { code, status, parts } = await partsOf(desk);
  const metric = (await metricsOf(desk.url)).get(`tickets_health{part="${part}"}`);
  const isReported =
    code === (state === 'unavailable' ? 503 : 200) && status === state && parts[part] !== 'ok';
  return isReported && metric === levels[state] ? true : null;
}

async function wrongAnswers(desk: Desk, { name, command, query }: HealthFault): Promise<string[]> {
  const given =
    command === null ? null : (await desk.as('alice').post('/tickets', creation())).status;
  const shown = (await desk.as('lena').get('/tickets')).status;
  return [
    ...(given === command ? [] : [`${name}: a command answers ${given}`]),
    ...(query === null || shown === query ? [] : [`${name}: a query answers ${shown}`]),
  ];
}
