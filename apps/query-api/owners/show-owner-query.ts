import { Query } from '@nestjs/cqrs';
import { IntersectionType } from '@nestjs/swagger';
import { PositionedAnswer } from '../page-answer.js';
import type { QueryRequest } from '../query-requests.js';
import { OwnerItem } from './list-owners-query.js';

export class OwnerAnswer extends IntersectionType(OwnerItem, PositionedAnswer) {}

export class ShowOwner extends Query<OwnerAnswer> {
  constructor(
    readonly engineerId: string,
    readonly request: QueryRequest,
  ) {
    super();
  }
}
