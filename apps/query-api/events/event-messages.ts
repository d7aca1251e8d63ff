import { Injectable } from '@nestjs/common';
import type { Page, PageEntry } from '#consuming/page.js';
import { StoreUnavailable, type Position } from '#event-store/event-store.js';
import type { Actor } from '#ticketing/decision.js';
import { subjectOf } from '#ticketing/streams.js';
import { scopeOf } from '#ticketing/ticket/visibility.js';
import { visibilityTo } from './event-visibility.js';
import { Messages } from './messages.js';
import { Requesters } from './requesters.js';

/** A text to send, and the position that it reaches, which may be before the end of the page. */
export interface MessageText {
  readonly text: Buffer;
  readonly position: Position;
}

/** The length after which a text is sent: a slow client's text stays in memory. */
const SEND_AFTER_CHARACTERS = 64 * 1024;

/** Turns pages of the log into the messages that an actor may see. */
@Injectable()
export class EventMessages {
  readonly #messages = new Messages();
  readonly #forStaff = new WeakMap<Page, Promise<MessageText>>();

  constructor(private readonly requesters: Requesters) {}

  /** The messages of a page for an actor, from its beginning up to a sensible length. */
  async of(page: Page, actor: Actor): Promise<MessageText> {
    // All actors who may read everything get the same text, many at the same time.
    if (scopeOf(actor, 'readNotes') !== 'all') return this.#write(page, actor);
    let written = this.#forStaff.get(page);
    if (written === undefined) {
      written = this.#write(page, actor);
      this.#forStaff.set(page, written);
    }
    return written;
  }

  async #write({ entries, checkpoint }: Page, actor: Actor): Promise<MessageText> {
    let text = '';
    for (const entry of entries) {
      text += await this.#messageOf(entry, actor);
      if (text.length > SEND_AFTER_CHARACTERS) {
        return { text: Buffer.from(text), position: entry.stored.position };
      }
    }
    return { text: Buffer.from(text), position: checkpoint.position };
  }

  /** Empty for an event that the actor may not see, or that cannot be used. */
  async #messageOf(entry: PageEntry, actor: Actor): Promise<string> {
    if (subjectOf(entry.stored.stream) === null) return '';
    try {
      const { event } = entry;
      const visible = await visibilityTo(actor, event, (of) => this.requesters.of(of));
      return visible === 'nothing' ? '' : this.#messages.of(event, visible);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      // Projections park the event's stream and report it. The other events are still sent.
      return '';
    }
  }
}
