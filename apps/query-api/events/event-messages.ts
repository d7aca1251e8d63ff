import { Injectable } from '@nestjs/common';
import { decode } from '#event-store/codec/decode.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { LogPage, Position, RecordedEvent } from '#event-store/event-store.js';
import type { Actor } from '#ticketing/decision.js';
import { subjectOf } from '#ticketing/streams.js';
import { scopeOf } from '#ticketing/ticket/visibility.js';
import { visibilityTo } from './event-visibility.js';
import { Messages } from './messages.js';
import { Requesters } from './requesters.js';

/** What to send, and the position that it reaches, which may be before the end of the page. */
export interface MessageText {
  readonly text: Buffer;
  readonly position: Position;
}

/** The length at which a text is sent: a slow client's text stays in memory until it reads. */
const ENOUGH_CHARACTERS = 64 * 1024;

/** Turns pages of the log into the messages that an actor may see. */
@Injectable()
export class EventMessages {
  readonly #messages = new Messages();
  readonly #decoded = new WeakMap<RecordedEvent, DecodedEvent>();
  readonly #forStaff = new WeakMap<LogPage, Promise<MessageText>>();

  constructor(private readonly requesters: Requesters) {}

  /** The messages of a page for an actor, from its beginning up to a sensible length. */
  async of(page: LogPage, actor: Actor): Promise<MessageText> {
    // All who may read everything get the same text, and many get it at the same time.
    if (scopeOf(actor, 'readNotes') !== 'all') return this.#write(page, actor);
    let written = this.#forStaff.get(page);
    if (written === undefined) {
      written = this.#write(page, actor);
      this.#forStaff.set(page, written);
    }
    return written;
  }

  async #write({ events, position }: LogPage, actor: Actor): Promise<MessageText> {
    let text = '';
    for (const stored of events) {
      if (subjectOf(stored.stream) === null) continue;
      const event = this.#decode(stored);
      const visible = await visibilityTo(actor, event, (of) => this.requesters.of(of));
      if (visible !== 'nothing') text += this.#messages.of(event, visible === 'everything');
      if (text.length > ENOUGH_CHARACTERS) {
        return { text: Buffer.from(text), position: event.position };
      }
    }
    return { text: Buffer.from(text), position };
  }

  /** Many streams read the same events, so each is decoded once. */
  #decode(stored: RecordedEvent): DecodedEvent {
    let event = this.#decoded.get(stored);
    if (event === undefined) {
      event = decode(stored);
      this.#decoded.set(stored, event);
    }
    return event;
  }
}
