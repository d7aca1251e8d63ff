import { Query } from '@nestjs/cqrs';
import type { QueryRequest } from '../query-requests.js';

export class ListProjections extends Query<object> {
  constructor(readonly request: QueryRequest) {
    super();
  }
}
