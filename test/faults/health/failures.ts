import { Client } from '#test/support/client.js';
import { metricsOf } from '#test/support/metrics.js';
import type { ServiceProcess } from '#test/support/service-process.js';
import { pause, until } from '#test/support/until.js';
import type { HealthFault, Watched } from './watched.js';

/** Ten seconds, and time for a busy machine to answer. */
const REPORT_TIMEOUT_MS = 40_000;
const RESTORE_TIMEOUT_MS = 60_000;

const levels = { ok: 1, degraded: 0.5, unavailable: 0 } as const;

/** Injects a fault, compares what the service says and does with what is expected, and ends it. */
export async function failuresOf<Service extends Watched>(
  watched: Service,
  fault: HealthFault<Service>,
): Promise<readonly string[]> {
  const begun = watched.service.output.length;
  try {
    const heal = await fault.inject(watched);
    const failures = await whileInjected(watched, begun, fault).finally(() => heal?.());
    if (heal === null || failures.length > 0) return failures;
    if (fault.part !== null) await untilRestored(watched.service, begun, fault.name, fault.part);
    return repeated(watched.service, begun, fault);
  } catch (error) {
    const seen = JSON.stringify(await partsOf(watched.service).catch(String));
    return [`${fault.name}: ${(error as Error).message}; the health is ${seen}`];
  }
}

async function whileInjected<Service extends Watched>(
  watched: Service,
  begun: number,
  fault: HealthFault<Service>,
): Promise<readonly string[]> {
  await untilReported(watched.service, begun, fault);
  return wrongAnswers(watched, fault);
}

type Expected = Pick<HealthFault<Watched>, 'name' | 'part' | 'state' | 'line'>;

async function untilReported(
  service: ServiceProcess,
  begun: number,
  fault: Expected,
): Promise<void> {
  const { name, part, line = 'health lost' } = fault;
  await until(`${name}: it is reported`, () => reported(service, fault), REPORT_TIMEOUT_MS);
  await until(
    `${name}: "${line}" is logged`,
    () => (linesAfter(service, begun, line, part).length > 0 ? true : null),
    REPORT_TIMEOUT_MS,
  );
}

async function untilRestored(
  service: ServiceProcess,
  begun: number,
  name: string,
  part: string,
): Promise<void> {
  await until(
    `${name}: it is restored`,
    async () => ((await partsOf(service)).parts[part] === 'ok' ? true : null),
    RESTORE_TIMEOUT_MS,
  );
  await until(
    `${name}: its restoration is logged`,
    () => (linesAfter(service, begun, 'health restored', part).length > 0 ? true : null),
    REPORT_TIMEOUT_MS,
  );
}

/** The lines with a message, about a part. */
const linesAfter = (service: ServiceProcess, begun: number, message: string, part: string | null) =>
  service.output
    .slice(begun)
    .split('\n')
    .filter((line) => line.includes(`"${message}"`))
    .filter((line) => part === null || line.includes(`"part":"${part}"`));

async function partsOf(service: ServiceProcess) {
  const answer = await new Client(service.url).json<{
    status: string;
    parts: Record<string, string>;
  }>({ method: 'GET', path: '/health/ready' });
  return { code: answer.status, ...answer.body };
}

async function reported(service: ServiceProcess, { part, state }: Expected): Promise<true | null> {
  const { code, status, parts } = await partsOf(service);
  if (status !== state || code !== (state === 'unavailable' ? 503 : 200)) return null;
  if (part === null) return true;
  const metric = (await metricsOf(service.url)).get(`tickets_health{part="${part}"}`);
  return parts[part] !== 'ok' && metric === levels[state] ? true : null;
}

async function wrongAnswers(
  watched: Watched,
  { name, command, query }: HealthFault<never>,
): Promise<string[]> {
  const given = command === null ? null : await answered(watched.give());
  const shown = query === null ? null : await answered(watched.ask());
  return [
    ...(given === command ? [] : [`${name}: a command answers ${given}`]),
    ...(shown === query ? [] : [`${name}: a query answers ${shown}`]),
  ];
}

/** @returns the status of an answer; 0 if there is none in time */
const answered = (status: Promise<number>): Promise<number> =>
  Promise.race([status, pause(REPORT_TIMEOUT_MS).then(() => 0)]);

/** A part is lost once, though it may be degraded on its way back; where none may be lost, none is. */
function repeated(
  service: ServiceProcess,
  begun: number,
  { name, part, state }: Pick<Expected, 'name' | 'part' | 'state'>,
): readonly string[] {
  const losses = linesAfter(service, begun, 'health lost', part).filter(
    (line) => part === null || line.includes(`"state":"${state}"`),
  ).length;
  const expected = part === null ? 0 : 1;
  return losses === expected ? [] : [`${name}: logged ${losses} times`];
}
