import { Query } from '@nestjs/cqrs';
import type { Actor } from '#ticketing/decision.js';
import { Flag, Parts, Revision, Text, Texts, Time } from '#platform/openapi/answer-members.js';
import { PageAnswer } from '../page-answer.js';
import type { PageRequest } from '../query-requests.js';

export class ServiceItem {
  @Text({ example: 'vpn' })
  readonly serviceId!: string;

  @Text({ example: 'VPN' })
  readonly name!: string;

  @Texts({ example: ['spam'] })
  readonly issueTypes!: readonly string[];

  @Flag({ description: 'Whether the service takes new tickets.' })
  readonly active!: boolean;

  @Texts({ required: false, example: ['bob'], description: 'Left out for customers.' })
  readonly owners?: readonly string[];

  @Revision()
  readonly revision!: number;

  @Time()
  readonly updatedAt!: string;
}

export class ServiceList extends PageAnswer {
  @Parts(() => ServiceItem)
  readonly items!: readonly ServiceItem[];
}

export class ListServices extends Query<ServiceList> {
  constructor(
    readonly actor: Actor,
    readonly request: PageRequest,
  ) {
    super();
  }
}
