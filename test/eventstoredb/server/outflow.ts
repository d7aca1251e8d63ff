import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { Node } from './node.js';
import type { ReadAnswer } from './read-answers.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadAnswer>;

/** The outgoing messages of one read, until it is ended, cancelled or cut. */
export class Outflow {
  open = true;
  #eventsUntilCut: number | undefined;

  constructor(
    private readonly node: Node,
    private readonly call: ReadCall,
  ) {
    this.#eventsUntilCut = node.faults.takeReadCut();
    call.on('cancelled', () => {
      this.open = false;
    });
  }

  /** @returns whether more can be sent at once */
  send(answer: ReadAnswer): boolean {
    if (!this.open) return false;
    const room = this.call.write(answer);
    if (Buffer.isBuffer(answer)) this.#countDown();
    return room;
  }

  onceDrained(more: () => void): void {
    this.call.once('drain', more);
  }

  end(): void {
    if (this.open) this.call.end();
    this.open = false;
  }

  /** Only events are encoded in advance, so a buffer is an event. */
  #countDown(): void {
    if (this.#eventsUntilCut === undefined) return;
    this.#eventsUntilCut -= 1;
    if (this.#eventsUntilCut > 0) return;
    this.open = false;
    // Earlier messages must arrive: the cut is within the answer, not before it.
    setTimeout(() => {
      this.node.connections.cut(this.call.getPeer());
    }, 20);
  }
}
