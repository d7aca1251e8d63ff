import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { History, Page, TicketAccepted, TicketItem } from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import { creation, give, raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

interface Consumer {
  readonly name: string;
  readonly lag: number | null;
}

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const historyOf = async (ticketId: string) =>
  (await desk.as('lena').get<History>(`/tickets/${ticketId}/history`)).body.events;

/** Waits until a ticket was dispatched, and returns its dispatches. */
const dispatched = (ticketId: string) =>
  until(`ticket ${ticketId} is dispatched`, async () => {
    const events = (await historyOf(ticketId)).filter(({ type }) => type === 'TicketDispatched');
    return events.length === 0 ? null : events;
  });

/** Whether the policy has taken all events of the log. */
async function dispatchIsIdle(): Promise<true | null> {
  const { body } = await desk.as('anna').get<{ items: Consumer[] }>('/admin/consumers');
  const idle = body.items.some(({ name, lag }) => name === 'dispatch-policy' && lag === 0);
  return idle ? true : null;
}

async function newService(serviceId: string): Promise<(count: number) => Promise<string[]>> {
  await desk.putService(serviceId);
  return async (count) => {
    const made = Array.from({ length: count }, () => raise(desk, { serviceId }));
    return (await Promise.all(made)).map(({ ticketId }) => ticketId);
  };
}

describe('tickets created while their service has no owners', () => {
  it('are dispatched automatically once it has some', async () => {
    const raiseMany = await newService('late');
    const ids = await raiseMany(5);
    await desk.putOwners('late', 'carol', 'dave');
    for (const ticketId of ids) {
      const [dispatch, ...more] = await dispatched(ticketId);
      expect(more).toEqual([]);
      expect(dispatch).toMatchObject({
        revision: 1,
        actor: { role: 'system' },
        data: { owners: ['carol', 'dave'], serviceId: 'late', serviceRevision: 1 },
      });
    }
    expect((await desk.as('dave').command(ids[0] ?? '', 'handle')).status).toBe(200);
    await until('the others wait for carol', async () => {
      const { body } = await desk.as('carol').get<Page<TicketItem>>('/todos?limit=200');
      const waiting = body.items.map(({ ticketId }) => ticketId);
      return ids.slice(1).every((ticketId) => waiting.includes(ticketId)) ? true : null;
    });
  });

  it('have the configuration of owners as the cause of their dispatch', async () => {
    let attempt = 0;
    // If the creation is processed after the owners were configured, it is the cause.
    await until('the configuring of owners is the cause', async () => {
      attempt += 1;
      const serviceId = `caused-${attempt}`;
      const raiseMany = await newService(serviceId);
      const [ticketId = ''] = await raiseMany(1);
      await until('the policy knows the ticket', dispatchIsIdle);
      await desk.putOwners(serviceId, 'carol');
      const [dispatch] = await dispatched(ticketId);
      const [created] = await historyOf(ticketId);
      expect(dispatch?.causationId).toEqual(expect.any(String));
      return dispatch?.causationId === created?.eventId ? null : true;
    });
  });

  it('are skipped if they are no longer pending, or were forwarded', async () => {
    const raiseMany = await newService('moved');
    const [canceled = '', assigned = '', forwarded = '', waiting = ''] = await raiseMany(4);
    await give(desk, 'alice', canceled, 'cancel');
    await give(desk, 'lena', assigned, 'assign', { engineerId: 'dave' });
    await give(desk, 'lena', forwarded, 'forward', { engineerId: 'dave' });
    await desk.putOwners('moved', 'carol');
    await dispatched(waiting);
    for (const ticketId of [canceled, assigned, forwarded]) {
      const types = (await historyOf(ticketId)).map(({ type }) => type);
      expect(types).not.toContain('TicketDispatched');
    }
  });

  it('are not dispatched again when the owners change', async () => {
    const raiseMany = await newService('again');
    const [first = ''] = await raiseMany(1);
    await desk.putOwners('again', 'carol');
    await dispatched(first);
    await desk.putOwners('again', 'dave');
    const second = await raise(desk, { serviceId: 'again' });
    expect(second.events).toContain('TicketDispatched');
    expect(await dispatched(first)).toHaveLength(1);
  });

  it('are all dispatched once if owners are configured during their creation', async () => {
    await desk.putService('busy');
    const created: TicketAccepted[] = [];
    const raiseSome = async () => {
      for (let count = 0; count < 15; count++) {
        const { body } = await desk.as('alice').post('/tickets', creation({ serviceId: 'busy' }));
        created.push(body);
        if (created.length === 60) await desk.putOwners('busy', 'dave');
      }
    };
    await Promise.all(Array.from({ length: 8 }, raiseSome));
    expect(created).toHaveLength(120);
    for (const { ticketId } of created) expect(await dispatched(ticketId)).toHaveLength(1);
  });

  it('are dispatched after a restart if the process was killed before', async () => {
    const raiseMany = await newService('killed');
    const ids = await raiseMany(20);
    const configured = desk.putOwners('killed', 'dave');
    await configured;
    await desk.restart('SIGKILL');
    for (const ticketId of ids) expect(await dispatched(ticketId)).toHaveLength(1);
  });
});
