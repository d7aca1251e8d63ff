import { Query } from '@nestjs/cqrs';
import type { Actor } from '#ticketing/decision.js';
import type { QueryRequest } from '../query-requests.js';
import type { TextRoom } from './text-room.js';

/** What the handler knows of the client's connection. */
export interface Connection {
  /** Ends the stream. */
  readonly signal: AbortSignal;
  readonly room: TextRoom;
}

/** The texts of a stream of server-sent events, until the signal aborts. */
export class FollowEvents extends Query<AsyncIterable<string | Buffer>> {
  constructor(
    readonly actor: Actor,
    readonly request: QueryRequest,
    /** The position of the caller's last event; undefined if they have none. */
    readonly lastEventId: string | undefined,
    readonly connection: Connection,
  ) {
    super();
  }
}
