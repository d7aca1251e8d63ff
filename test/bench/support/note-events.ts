import { v7 } from 'uuid';
import type { EventToAppend } from '#event-store/event-store.js';

/** Events of notes on tickets, with records of about 700 bytes. */
export function noteEvents(count: number): EventToAppend[] {
  return Array.from({ length: count }, () => {
    const commandId = v7();
    return {
      id: v7(),
      type: 'InternalNoteAdded',
      schemaVersion: 1,
      at: '2026-11-24T06:03:16.123Z',
      data: {
        text: 'Asked for the model and the tray that it prints from; the toner was changed last week.',
      },
      metadata: {
        actor: { id: 'emil', role: 'engineer', tenant: 'acme' },
        after: facets,
        before: facets,
        causationId: commandId,
        commandId,
        correlationId: commandId,
      },
    };
  });
}

const facets = {
  handler: 'emil',
  owners: ['emil'],
  service: 'printing',
  severity: null,
  state: 'processing',
  tenant: 'acme',
};
