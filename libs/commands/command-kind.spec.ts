import { describe, expect, it } from '@jest/globals';
import { bob, engineers } from '#ticketing/testing/actors.js';
import { noService } from '#ticketing/service/state.js';
import { noTicket } from '#ticketing/ticket/state.js';
import type { Facts } from './facts.js';
import { onTicket } from './kinds.js';
import { AssignRequest } from './tickets/assign.js';
import { AddNoteRequest, addNote } from './tickets/add-note.js';
import { OptionalReasonRequest } from './tickets/requests.js';
import { assign } from './tickets/assign.js';
import { handle } from './tickets/handle.js';

const given = { by: bob, at: '2026-11-24T12:00:00.000Z' };
const facts: Facts = {
  confirmationMinutes: 60,
  engineer: () => engineers.dave,
  service: () => ({ service: noService, serviceRevision: -1 }),
  ticket: () => noTicket,
};

describe('a request for a command', () => {
  it('becomes the command of the domain, with its facts', async () => {
    const request = assign.read({ engineerId: 'dave' });
    expect(await request.command('t', given, facts)).toEqual({
      ...given,
      type: 'assign',
      ticketId: 't',
      engineerId: 'dave',
      engineer: engineers.dave,
    });
  });

  it('is identified by its command, its ticket and its members', () => {
    expect(addNote.read({ text: 'Seen.' }).identity('t')).toEqual({
      command: 'notes',
      ticketId: 't',
      fields: { text: 'Seen.' },
    });
  });

  it.each([undefined, null])('is an empty object if the body is %s', (body) => {
    expect(handle.read(body).identity('t')).toMatchObject({ fields: {} });
    expect(() => addNote.read(body)).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        extras: { errors: [{ pointer: '/text', message: 'is required' }] },
      }),
    );
  });
});

class RenamedTextRequest {
  words!: string;
}
class RenamedReasonRequest {
  why?: string;
}
class NumberRequest {
  text!: number;
}

/* eslint-disable @typescript-eslint/no-unsafe-assignment -- the errors are the point */
/** The compiler checks these definitions: each line with an expected error must not compile. */
export const definitions = () => [
  onTicket.define('notes', AddNoteRequest, ({ text }, all) => ({ ...all, text })),
  // @ts-expect-error a member of the request was renamed
  onTicket.define('notes', RenamedTextRequest, ({ text }, all) => ({ ...all, text })),
  // @ts-expect-error an optional member of the request was renamed
  onTicket.define('handle', RenamedReasonRequest, ({ reason }, all) => ({ ...all, reason })),
  // @ts-expect-error a member of the request has another type
  onTicket.define('notes', NumberRequest, ({ text }, all) => ({ ...all, text })),
  // @ts-expect-error a member of the command was left out
  onTicket.define('notes', AddNoteRequest, (_, all) => ({ ...all })),
  // @ts-expect-error an optional member of the command was left out
  onTicket.define('handle', OptionalReasonRequest, (_, all) => ({ ...all })),
  // @ts-expect-error a fact was left out
  onTicket.define('assign', AssignRequest, ({ engineerId }, all) => ({ ...all, engineerId })),
  // @ts-expect-error the domain has no such command
  onTicket.define('paint', AddNoteRequest, ({ text }, all) => ({ ...all, text })),
];
