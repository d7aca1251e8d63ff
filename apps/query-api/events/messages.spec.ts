import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { START } from '#event-store/event-store.js';
import { EventStreamParser } from '#test/support/event-stream-parser.js';
import { keepAlive, Messages, opening } from './messages.js';

const event = (stream: string, data: object, after?: object): DecodedEvent =>
  ({
    id: '019ab3c4-5d6e-7f80-9123-456789abcdef',
    stream,
    revision: 3,
    position: 41n,
    type: 'InternalNoteAdded',
    at: '2026-11-24T12:00:00.000Z',
    data,
    metadata: { actor: { id: 'bob', role: 'engineer' }, ...(after === undefined ? {} : { after }) },
  }) as unknown as DecodedEvent;

function parse(text: string): EventStreamParser {
  const parser = new EventStreamParser();
  parser.take(text);
  return parser;
}

describe('a message', () => {
  it('has any data in one message, with any characters', () => {
    const messages = new Messages();
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\n\nid: 9\n\n',
        '\r\ndata: x\r',
        '\u0085\u2028\u2029',
        '\u0000',
        ': x',
        '\ud800',
      ),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const written = messages.of(
          event('ticket-1', { text }, { state: 'pending' }),
          'everything',
        );
        expect(written.split(/[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/)).toHaveLength(5);
        const [message, ...more] = parse(written).messages;
        expect(more).toEqual([]);
        expect(message).toMatchObject({ id: '41', event: 'InternalNoteAdded' });
        expect(JSON.parse(message?.data ?? '')).toMatchObject({ data: { text } });
      }),
    );
  });

  it('has the ticket with reference and state, or the service, or the engineer', () => {
    const id = '01a20d40-5c6f-77b9-9b43-08cd4da7132c';
    const dataOf = (of: DecodedEvent): unknown =>
      JSON.parse(parse(new Messages().of(of, 'without data')).messages[0]?.data ?? '');
    const common = {
      revision: 3,
      position: '41',
      type: 'InternalNoteAdded',
      at: '2026-11-24T12:00:00.000Z',
      actor: { id: 'bob', role: 'engineer' },
    };
    expect(dataOf(event(`ticket-${id}`, {}, { state: 'closed' }))).toEqual({
      ticketId: id,
      reference: 'ST-R8SN6-TE4SC',
      state: 'closed',
      ...common,
    });
    expect(dataOf(event('service-e-mail', {}))).toEqual({ serviceId: 'e-mail', ...common });
    expect(dataOf(event('engineer-bob', {}))).toEqual({ engineerId: 'bob', ...common });
  });

  it('withholds the contact, and leaves out the data on request', () => {
    const created = event('ticket-1', { contact: { email: 'a@b.c' }, x: 1 }, { state: 'pending' });
    const messages = new Messages();
    expect(messages.of(created, 'everything')).toContain('"data":{"contact":"withheld","x":1}');
    expect(messages.of(created, 'without data')).not.toContain('"data"');
    expect(messages.of(created, 'everything')).toBe(messages.of(created, 'everything'));
  });
});

describe('the opening and the keep-alive', () => {
  it('send the position, and no event', () => {
    const opened = parse(opening(41n, false));
    expect([opened.retry, opened.lastEventId, opened.messages]).toEqual([2_000, '41', []]);
    const alive = parse(keepAlive(42n));
    expect([alive.comments, alive.lastEventId, alive.messages]).toEqual([['keep-alive'], '42', []]);
  });

  it('send no position to a client that resumes', () => {
    expect(opening(41n, true)).toBe('retry: 2000\n');
  });

  it('send no position before the first event', () => {
    expect(opening(START, false)).toBe('retry: 2000\n\n');
    expect(keepAlive(START)).toBe(': keep-alive\n\n');
  });
});
