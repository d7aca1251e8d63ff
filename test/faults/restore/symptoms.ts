import type { Client } from '#test/support/client.js';
import { metricsOf } from '#test/support/metrics.js';
import type { Name } from '#test/support/people.js';
import type { ServiceProcess } from '#test/support/service-process.js';
import { until } from '#test/support/until.js';

const POLICY = 'dispatch-policy';
const REPORT_TIMEOUT_MS = 10_000;

/** Queries, and the projections that each reads. */
const queries = {
  '/tickets': ['tickets', 'services'],
  '/tickets?q=note': ['tickets', 'services'],
  '/reports/summary': ['tickets'],
  '/reports/satisfaction': ['satisfaction'],
  '/reports/durations': ['durations'],
  '/reports/flow': ['flow'],
  '/owners': ['ticket-counts', 'engineers', 'services'],
  '/services': ['services'],
} as const;

export interface ConsumerItem {
  readonly name: string;
  readonly state: string;
  readonly lag: number | null;
  readonly rebuild: object | null;
}

/**
 * Consumers whose documents are of another history must be reported as stopped, and no others.
 *
 * @param isRefusing - whether commands are refused, so that the service is not ready
 */
export async function wrongReports(
  service: ServiceProcess,
  as: (name: Name) => Client,
  halted: ReadonlySet<string>,
  isRefusing: boolean,
): Promise<string[]> {
  let failures: string[] = [];
  const look = async () => {
    failures = [
      ...(await wrongStates(service, as, halted, isRefusing)),
      ...unlogged(service, halted),
    ];
    return failures.length === 0 ? true : null;
  };
  // A consumer that goes on is reported so as soon as it has begun.
  await until('', look, REPORT_TIMEOUT_MS).catch(() => null);
  return failures;
}

async function wrongStates(
  { url }: ServiceProcess,
  as: (name: Name) => Client,
  halted: ReadonlySet<string>,
  isRefusing: boolean,
): Promise<string[]> {
  const { items } = (await as('anna').get<{ items: ConsumerItem[] }>('/admin/consumers')).body;
  const metrics = await metricsOf(url);
  const ready = await as('anna').send({ method: 'GET', path: '/health/ready' });
  const { parts } = JSON.parse(ready.text) as { parts: Record<string, string> };
  const failures = items.flatMap(({ name, state }) => {
    const kind = name === POLICY ? 'policy' : 'projection';
    const isUp = metrics.get(`tickets_${kind}_up{${kind}="${name}"}`) === 1;
    const part = parts[`${kind} ${name}`] ?? '';
    const isReported = state === 'stopped' && !isUp && saysWhat(part);
    const isRunning = state !== 'stopped' && isUp && !saysWhat(part);
    if (halted.has(name) ? isReported : isRunning) return [];
    return [`${name}, halted: ${halted.has(name)}, is ${state}, up: ${isUp}, health: ${part}`];
  });
  const isUnavailable = isRefusing || [...halted].some((name) => name !== POLICY);
  if ((ready.status === 503) !== isUnavailable) failures.push(`The health is ${ready.status}.`);
  return failures;
}

const unlogged = ({ output }: ServiceProcess, halted: ReadonlySet<string>): string[] => {
  const lines = output.split('\n').filter((line) => line.includes('consumer stopped'));
  return [...halted]
    .filter((name) => !lines.some((line) => line.includes(`"consumer":"${name}"`)))
    .map((name) => `The log has no line on ${name}.`);
};

/** Whether a text says what has happened, and what to do. */
const saysWhat = (text: string): boolean => /restored to an earlier point.*--rebuild/.test(text);

/** Queries that answer from another history, or refuse without saying what to do. */
export async function wrongAnswers(
  as: (name: Name) => Client,
  halted: ReadonlySet<string>,
  lost: ReadonlySet<string>,
  minPosition: string | null,
): Promise<string[]> {
  const failures: string[] = [];
  for (const [path, needs] of Object.entries(queries)) {
    const isHalted = needs.some((name) => halted.has(name));
    const join = path.includes('?') ? '&' : '?';
    for (const query of minPosition === null ? [''] : ['', `${join}minPosition=${minPosition}`]) {
      const { status, text, headers } = await as('lena').send({
        method: 'GET',
        path: `/api/v1${path}${query}`,
      });
      const refuses = status === 503 && saysWhat(text) && headers['retry-after'] === undefined;
      if (isHalted && !refuses) failures.push(`${path}${query} answers ${status}: ${text}`);
      failures.push(...lostIn(text, lost).map((id) => `${path} shows lost ticket ${id}`));
    }
  }
  return failures.map((text) => text.slice(0, 400));
}

/** The tickets of an answer that are not on the log any more. */
const lostIn = (text: string, lost: ReadonlySet<string>): string[] =>
  [...text.matchAll(/"ticketId":"([^"]+)"/g)].map(([, id = '']) => id).filter((id) => lost.has(id));
