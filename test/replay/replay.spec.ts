import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signToken } from '#platform/authentication/sign-token.js';
import { deskCases, letters } from './desk.js';
import { runReplay, startService, type Ended, type ServiceProcess } from './processes.js';

interface Ticket {
  readonly ticketId: string;
  readonly state: string;
  readonly handler: string | null;
  readonly excerpt: string;
}

const HELPDESK = 'apps/cli/replay/helpdesk.map.json';
let folder: string;
let dataFolder: string;
let service: ServiceProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'replay-'));
  dataFolder = join(folder, 'data');
  service = await startService(dataFolder);
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

/** A log with the cases of `desk.ts` under some name, interleaved like real logs. */
function writeLog(name: string): string {
  const lines = deskCases.flatMap(({ activities }, index) =>
    activities.map((text, step) => {
      const [activity, who = ''] = text.split('@');
      const time = new Date(Date.UTC(2012, 9, 9) + (index + step * 10) * 60_000);
      return { time, line: `${name} ${index + 1},${activity},${time.toISOString()},${who}` };
    }),
  );
  lines.sort((one, other) => one.time.getTime() - other.time.getTime());
  const file = join(folder, `${name}.csv`);
  writeFileSync(file, ['case,activity,timestamp,who', ...lines.map(({ line }) => line)].join('\n'));
  return file;
}

/** The mapping of the help desk, for a log with people. */
function writeMapping(): string {
  const mapping = JSON.parse(readFileSync(HELPDESK, 'utf8')) as { columns: object };
  const file = join(folder, 'desk.map.json');
  const columns = { ...mapping.columns, resource: 'who' };
  writeFileSync(file, JSON.stringify({ ...mapping, columns }));
  return file;
}

const replay = (log: string, ...options: string[]) =>
  runReplay(dataFolder, [log, '--map', writeMapping(), '--url', service.url, ...options]);

/** Plays in the log's own time, and sends a signal to the process once there is a ticket. */
function replayUntilThereIsATicket(
  name: string,
  log: string,
  speed: string,
  signal: 'SIGINT' | 'SIGKILL',
): Promise<Ended> {
  const parameters = [log, '--map', writeMapping(), '--url', service.url, '--speed', speed];
  return runReplay(dataFolder, parameters, async (child) => {
    while ((await ticketsOf(name)).size === 0) await rest(50);
    child.kill(signal);
  });
}

async function call(path: string, role: string, body?: object): Promise<unknown> {
  const token = await signToken(dataFolder, { sub: role, roles: [role], ttl: '5m' });
  const response = await fetch(`${service.url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(200);
  return response.json();
}

/** The tickets of one log, by case, from the list and the histories. */
async function ticketsOf(name: string) {
  const { items } = (await call('/tickets?limit=200', 'auditor')) as { items: Ticket[] };
  const tickets = new Map<string, { ticket: Ticket; events: { type: string }[] }>();
  for (const ticket of items) {
    const desk = /^(.*) of the desk's log/.exec(ticket.excerpt)?.[1] ?? '';
    if (!desk.startsWith(`${name} `)) continue;
    expect(tickets.has(desk)).toBe(false);
    const history = await call(`/tickets/${ticket.ticketId}/history`, 'auditor');
    tickets.set(desk, { ticket, events: (history as { events: { type: string }[] }).events });
  }
  return tickets;
}

/** The state and history of each case, in the format of `desk.ts`. */
async function storiesOf(name: string): Promise<string[]> {
  const tickets = await ticketsOf(name);
  return deskCases.map((_, index) => {
    const found = tickets.get(`${name} ${index + 1}`);
    const history = found?.events.map(({ type }) => letters[type] ?? type).join('');
    return `${index + 1}: ${found?.ticket.state} ${history}`;
  });
}

const expectedStories = deskCases.map(
  ({ state, history }, index) => `${index + 1}: ${state} ${history}`,
);

interface JsonReport {
  readonly outcomes: Readonly<Record<string, number>>;
  readonly [member: string]: unknown;
}

describe('the replay of a log', () => {
  it('leaves the expected tickets, and does not change them when run again', async () => {
    const log = writeLog('odd');
    const first = await replay(log, '--json');
    expect(first.stderr).toContain('Playing   100%');
    const report = JSON.parse(first.stdout) as JsonReport;
    expect(report).toMatchObject({ cases: 32, ticketsCreated: 32, verified: true, surprises: [] });
    expect(report.outcomes).toMatchObject({ done_before: 0, repeat: 2, refused: 6 });
    expect(first.code).toBe(0);
    expect(await storiesOf('odd')).toEqual(expectedStories);

    const before = await ticketsOf('odd');
    const again = await replay(log, '--json');
    const { accepted, repeat } = report.outcomes;
    expect(JSON.parse(again.stdout)).toMatchObject({
      ticketsCreated: 0,
      ticketsFoundAgain: 32,
      // A former harmless repeat would now act on a changed ticket: it is superseded.
      outcomes: { accepted: 0, done_before: accepted, repeat: 0, superseded: repeat, refused: 6 },
      verified: true,
    });
    expect(again.code).toBe(0);
    expect(await ticketsOf('odd')).toEqual(before);
  });

  it('reports refusals with their reasons, and counts by state', async () => {
    const { stdout, code } = await replay(writeLog('worded'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Tickets created +32$/m);
    expect(stdout).toMatch(/^ +1 × Wait → request-feedback: forbidden$/m);
    expect(stdout).toMatch(/^ +1 × VERIFIED → confirm: ticket_closed$/m);
    expect(stdout).toContain('This ticket is closed, which is final.');
    const closed = deskCases.filter(({ state }) => state === 'closed').length;
    expect(stdout).toMatch(new RegExp(`^  closed +${closed} +${closed} +${closed}$`, 'm'));
    expect(stdout).toContain('Verified: ');
  });

  it('assigns a ticket to the engineer in the log', async () => {
    await replay(writeLog('named'), '--no-verify');
    const tickets = await ticketsOf('named');
    expect(tickets.get('named 31')?.ticket.handler).toBe('emil');
    expect(tickets.get('named 32')?.ticket.handler).toBe('dora');
  });

  it('resumes after being killed, at any speed', async () => {
    const log = writeLog('killed');
    const killed = await replayUntilThereIsATicket('killed', log, '400x', 'SIGKILL');
    expect(killed.code).toBeNull();
    const { code } = await replay(log);
    expect(code).toBe(0);
    expect(await storiesOf('killed')).toEqual(expectedStories);
  });

  it('reports an interruption', async () => {
    const log = writeLog('stopped');
    const { code, stdout } = await replayUntilThereIsATicket('stopped', log, '1x', 'SIGINT');
    expect(stdout).toContain('was played in part.');
    expect(code).toBe(2);
  });

  it('reports tickets changed by another client', async () => {
    const log = writeLog('changed');
    await replay(log);
    const ticketId = (await ticketsOf('changed')).get('changed 10')?.ticket.ticketId;
    await call(`/tickets/${ticketId}/close`, 'lead', { reason: 'Enough.' });
    const { code, stdout } = await replay(log);
    expect(stdout).toContain('VERIFICATION FAILED: 2 differences.');
    expect(stdout).toContain('it is listed in closed; expected processing');
    expect(stdout).toContain('event 3 is TicketClosed by lead; expected no event');
    expect(code).toBe(1);
  });
});

describe('a replay that cannot run', () => {
  it.each([
    [
      'without a service',
      () => ['--url', 'http://127.0.0.1:9'],
      'http://127.0.0.1:9 does not answer:',
    ],
    ['without a mapping', () => ['--map', 'nowhere.json'], 'The mapping cannot be read: ENOENT'],
    ['at no speed', () => ['--speed', 'slow'], 'It must be a number above 0, such as 100000'],
  ])('%s', async (_what, options, message) => {
    const { code, stderr } = await replay(writeLog('none'), ...options());
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  it("with another service's data folder", async () => {
    const other = mkdtempSync(join(folder, 'other-'));
    const log = writeLog('none');
    const ended = await runReplay(other, [log, '--map', HELPDESK, '--url', service.url]);
    expect(ended.stderr).toContain("The service refuses this tool's tokens");
    expect(ended.code).toBe(2);
  });
});
