import { Query } from '@nestjs/cqrs';
import type { PageRequest, QueryRequest } from '../query-requests.js';

export class ListOwners extends Query<object> {
  constructor(readonly request: PageRequest) {
    super();
  }
}

export class ShowOwner extends Query<object> {
  constructor(
    readonly engineerId: string,
    readonly request: QueryRequest,
  ) {
    super();
  }
}
