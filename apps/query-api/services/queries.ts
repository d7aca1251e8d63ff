import { Query } from '@nestjs/cqrs';
import type { Actor } from '#ticketing/decision.js';
import type { PageRequest, QueryRequest } from '../query-requests.js';

export class ListServices extends Query<object> {
  constructor(
    readonly actor: Actor,
    readonly request: PageRequest,
  ) {
    super();
  }
}

export class ShowService extends Query<object> {
  constructor(
    readonly actor: Actor,
    readonly serviceId: string,
    readonly request: QueryRequest,
  ) {
    super();
  }
}
