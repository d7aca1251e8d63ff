import { Query } from '@nestjs/cqrs';
import { ticketStates, type TicketStateName } from '#ticketing/ticket/state.js';
import { CountsBy, Flag, Parts, Text, Texts } from '#platform/openapi/answer-members.js';
import { PageAnswer } from '../page-answer.js';
import type { PageRequest } from '../query-requests.js';

/** An engineer with the services that they own. */
export class OwnerItem {
  @Text({ example: 'bob' })
  readonly engineerId!: string;

  @Text({ nullable: true, example: 'Bob' })
  readonly displayName!: string | null;

  @Text({ nullable: true, example: 'bob@operator.example' })
  readonly email!: string | null;

  @Flag()
  readonly active!: boolean;

  @Texts({ example: ['vpn'] })
  readonly services!: readonly string[];

  @CountsBy(ticketStates, {
    description:
      'Tickets by state: those of which they are the handler, and those without a handler of which they are an owner.',
  })
  readonly counts!: Readonly<Record<TicketStateName, number>>;
}

export class OwnerList extends PageAnswer {
  @Parts(() => OwnerItem)
  readonly items!: readonly OwnerItem[];
}

export class ListOwners extends Query<OwnerList> {
  constructor(readonly request: PageRequest) {
    super();
  }
}
