import { Query } from '@nestjs/cqrs';
import type { Actor } from '#ticketing/decision.js';

/** A query whose answer depends on its request alone. */
export abstract class RequestQuery<Request, Answer> extends Query<Answer> {
  constructor(readonly request: Request) {
    super();
  }
}

/** A query whose answer depends on who asks. */
export abstract class ActorQuery<Request, Answer> extends Query<Answer> {
  constructor(
    readonly actor: Actor,
    readonly request: Request,
  ) {
    super();
  }
}

/** A query for one thing, such as a ticket. */
export abstract class SubjectQuery<Request, Answer> extends Query<Answer> {
  constructor(
    readonly actor: Actor,
    readonly id: string,
    readonly request: Request,
  ) {
    super();
  }
}
