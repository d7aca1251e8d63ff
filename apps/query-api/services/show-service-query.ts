import { Query } from '@nestjs/cqrs';
import { IntersectionType } from '@nestjs/swagger';
import type { Actor } from '#ticketing/decision.js';
import { PositionedAnswer } from '../page-answer.js';
import type { QueryRequest } from '../query-requests.js';
import { ServiceItem } from './list-services-query.js';

export class ServiceAnswer extends IntersectionType(ServiceItem, PositionedAnswer) {}

export class ShowService extends Query<ServiceAnswer> {
  constructor(
    readonly actor: Actor,
    readonly serviceId: string,
    readonly request: QueryRequest,
  ) {
    super();
  }
}
