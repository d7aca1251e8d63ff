import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { History, TicketPage } from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import type { OpenApiDocument } from '#test/support/openapi.js';
import { creation, give, ticketIn } from '#test/support/tickets.js';
import { ProgramCopy } from './program-copy.js';
import { product, spec, testData } from './snooze.js';

/** A log of one case for the replay, with its mapping. */
const deskLog = `case,activity,timestamp,who
Case 1,new,2026-01-05 08:00:00,
Case 1,take,2026-01-05 09:00:00,bob
Case 1,put off,2026-01-05 10:00:00,bob
`;
const mapping = {
  columns: { case: 'case', activity: 'activity', timestamp: 'timestamp', resource: 'who' },
  service: { id: 'desk', name: 'Desk' },
  lead: 'lena',
  engineers: [{ id: 'bob', displayName: 'Bob', email: 'bob@operator.example' }],
  customers: [{ id: 'alice', tenant: 'acme' }],
  commands: {
    raise: { send: 'create', as: 'requester', with: creation({ serviceId: 'desk' }) },
    take: { send: 'handle', as: 'engineer' },
    'put off': { send: 'snooze', as: 'handler', with: { reason: '{activity}' } },
  },
  first: ['raise'],
  activities: {
    new: { none: ['raise'] },
    take: { pending: ['take'] },
    'put off': { processing: ['put off'] },
  },
};

/** Adds the command `snooze`, with one event, to a copy of the program, by docs/extend/add-a-command.md. */
describe('a new command with a new event', () => {
  let copy: ProgramCopy;
  let touched: string[];
  beforeAll(() => {
    copy = new ProgramCopy();
    for (const edit of product) copy.apply(edit);
    touched = copy.changedFiles();
    for (const edit of [...spec, ...testData]) copy.apply(edit);
  });
  afterAll(() => {
    copy.remove();
  });

  it('costs six files', () => {
    expect(touched.sort()).toEqual([
      'libs/commands/ticket-commands.ts',
      'libs/commands/tickets/snooze.ts',
      'libs/event-store/codec/stored-types.ts',
      'libs/ticketing/ticket/catalogue.ts',
      'libs/ticketing/ticket/evolve.ts',
      'libs/ticketing/ticket/snooze.ts',
    ]);
  });

  it('compiles with all tests', async () => {
    expect(await copy.compile()).toEqual({ code: 0, output: '' });
  });

  it('passes its spec, the comparison with the model, and the checks of stored events', async () => {
    const suites = 'dist/libs/(ticketing/ticket/(snooze|decide|model)|event-store/codec/stored)';
    const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
    const options = ['--selectProjects', 'embedded', '--testPathPatterns', suites];
    const { code, output } = await copy.run([...jest, ...options]);
    expect(code === 0 ? '' : output).toBe('');
    expect(output).toMatch(/Test Suites: 4 passed, 4 total/);
  });

  it('is in the command line, with the options of its request', async () => {
    const list = await copy.run(['dist/apps/cli/main.js', 'ticket', '--help']);
    expect(list.output).toMatch(/^ {2}snooze \[options\] <ticketId> +Postpones the work/m);
    const help = await copy.run(['dist/apps/cli/main.js', 'ticket', 'snooze', '--help']);
    expect(help.output).toMatch(/--reason <text>/);
  });

  describe('on a running service', () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await Desk.open({}, { program: copy.folder });
    });
    afterAll(() => desk.close());

    it('is in the document, in batches, in allowed commands, and in histories', async () => {
      const { body: document } = await desk
        .asNobody()
        .json<OpenApiDocument>({ method: 'GET', path: '/api/openapi.json' });
      const operation = document.paths['/api/v1/tickets/{ticketId}/snooze']?.post;
      expect(operation).toMatchObject({ operationId: 'snooze' });
      const { ticketId } = await ticketIn(desk, 'processing');
      const bob = desk.as('bob');
      const done = await give(desk, 'bob', ticketId, 'snooze', { reason: 'Until Monday.' });
      expect(done).toMatchObject({ state: 'processing', events: ['TicketSnoozed'] });
      const { results } = await bob.batch([{ command: 'snooze', ticketId, reason: 'Longer.' }]);
      expect(results).toMatchObject([{ status: 200, events: ['TicketSnoozed'] }]);
      const page = await bob.get<TicketPage>(
        `/tickets/${ticketId}?minPosition=${results[0]?.position}`,
      );
      expect(page.body.allowed).toContain('snooze');
      const history = await bob.get<History>(`/tickets/${ticketId}/history`);
      expect(history.body.events.at(-1)).toMatchObject({
        type: 'TicketSnoozed',
        data: { reason: 'Longer.' },
      });
    });

    it('is in the replay', async () => {
      const [log, map] = ['log.csv', 'map.json'].map((name) => join(desk.folder, name));
      writeFileSync(String(log), deskLog);
      writeFileSync(String(map), JSON.stringify(mapping));
      const words = ['dist/apps/cli/replay/main.js', String(log), '--map', String(map)];
      const { code, output } = await copy.run([...words, '--url', desk.url], {
        DATA_DIR: desk.folder,
      });
      expect(code === 0 ? '' : output).toBe('');
      expect(output).toMatch(/1 histories with 4 events match the log/);
    });
  });
});
