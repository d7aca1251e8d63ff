import { randomUUID } from 'node:crypto';
import { eventAnswer } from './event-answer.js';
import type { EventFilter } from './event-filter.js';
import type { Node } from './node.js';
import { Outflow, type ReadCall } from './outflow.js';
import {
  caughtUpAnswer,
  checkpointAnswer,
  confirmationAnswer,
  fellBehindAnswer,
} from './read-answers.js';
import { indexIn, isValid } from './read-pages.js';
import type { ReadRequest } from './read-request.js';
import type { RecordedEvent } from './recorded-event.js';
import { invalidPosition, streamDeleted, type Refusal } from './refusals.js';

/** A subscription that is this many events behind is catching up again. */
const FALLEN_BEHIND_EVENTS = 32;

/** Sends existing events after a start, then new ones, in order and without a gap. */
export class Subscription {
  readonly #outflow: Outflow;
  readonly #stopFollowing: () => void;
  #live = false;
  #pumping = false;
  #silenced = false;
  #consideredSinceCheckpoint = 0;
  #lastConsidered = 0;
  #lastCheckpoint = 0;

  private constructor(
    private readonly node: Node,
    call: ReadCall,
    private readonly events: readonly RecordedEvent[],
    private next: number,
    private readonly filter: EventFilter | null,
    private readonly structuredIds: boolean,
  ) {
    this.#outflow = new Outflow(node, call);
    this.#outflow.send(confirmationAnswer(randomUUID()));
    this.#stopFollowing = node.log.follow(() => {
      this.#wake();
    });
    this.#pump();
  }

  /** Starts after the position of a request. */
  static begin(node: Node, call: ReadCall, request: ReadRequest): Subscription | Refusal {
    const { log } = node;
    if (request.kind === 'all') {
      if (!isValid(log, request.from)) return invalidPosition();
      const next = typeof request.from === 'number' ? request.from + 1 : request.from;
      const { filter, structuredIds } = request;
      return new Subscription(node, call, log.all, indexIn(log, next), filter, structuredIds);
    }
    if (log.isTombstoned(request.name)) return streamDeleted(request.name);
    const stream = log.streamFor(request.name);
    const first = stream.exists ? stream.firstReadable(Date.now()) : stream.lastRevision + 1;
    const from = request.from === 'start' ? 0 : request.from;
    const next = typeof from !== 'number' ? stream.lastRevision + 1 : from;
    const behind = request.from === 'start' || request.from === 'end' ? next : next + 1;
    const start = Math.max(first, behind);
    return new Subscription(node, call, stream.events, start, null, request.structuredIds);
  }

  /** Sends nothing more, but keeps the call open. */
  silence(): void {
    this.#silenced = true;
  }

  /** Sends the events of the time when the server was silent. */
  resume(): void {
    this.#wake();
  }

  end(): void {
    this.#stopFollowing();
  }

  #wake(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    // After the answer to the append that woke it.
    setImmediate(() => {
      this.node.faults.delayed(() => {
        this.#pumping = false;
        this.#pump();
      });
    });
  }

  #pump(): void {
    if (this.#pumping) return;
    if (this.#live && this.events.length - this.next > FALLEN_BEHIND_EVENTS) this.#fallBehind();
    while (this.next < this.events.length) {
      if (this.#mute) return;
      const event = this.events[this.next];
      this.next += 1;
      if (event !== undefined && !this.#consider(event)) {
        this.#pumping = true;
        this.#outflow.onceDrained(() => {
          this.#pumping = false;
          this.#pump();
        });
        return;
      }
    }
    if (!this.#live && !this.#mute) this.#catchUp();
  }

  get #mute(): boolean {
    return this.#silenced || this.node.faults.silent || !this.#outflow.open;
  }

  /** @returns whether more can be sent at once */
  #consider(event: RecordedEvent): boolean {
    let room = true;
    if (this.filter === null || this.filter.admits(event)) {
      room = this.#outflow.send(eventAnswer(event, this.structuredIds));
    }
    this.#lastConsidered = event.position;
    this.#consideredSinceCheckpoint += 1;
    if (this.filter !== null && this.#consideredSinceCheckpoint >= this.filter.checkpointInterval) {
      this.#checkpoint();
    }
    return room;
  }

  #checkpoint(): void {
    this.#consideredSinceCheckpoint = 0;
    if (this.filter === null || this.#lastConsidered <= this.#lastCheckpoint) return;
    this.#lastCheckpoint = this.#lastConsidered;
    this.#outflow.send(checkpointAnswer(this.#lastConsidered));
  }

  #catchUp(): void {
    this.#live = true;
    this.#checkpoint();
    this.#outflow.send(caughtUpAnswer());
  }

  #fallBehind(): void {
    this.#live = false;
    this.#outflow.send(fellBehindAnswer());
    this.#checkpoint();
  }
}
