import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { CountsBy, Flag, Parts, Text, Texts } from '#platform/openapi/answer-members.js';
import type { EngineerView } from '#projections/engineers.js';
import { Views } from '#projections/views.js';
import { ticketStates, type TicketStateName } from '#ticketing/ticket/state.js';
import type { ViewReader } from '#view-stores/view-store.js';
import { Freshness } from '../freshness.js';
import { PageAnswer } from '../page-answer.js';
import { readPage } from '../paging.js';
import { RequestQuery } from '../queries.js';
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

export class ListOwners extends RequestQuery<PageRequest, OwnerList> {}

@QueryHandler(ListOwners)
export class ListOwnersHandler implements IQueryHandler<ListOwners> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
  ) {}

  async execute({ request }: ListOwners): Promise<OwnerList> {
    const { engineers } = this.readModels;
    const position = await this.freshness.reached(request.minPosition, engineers);
    const { views, nextCursor } = await registeredEngineers(engineers, request);
    return { items: views.map(ownerItem), nextCursor, position: position.toString() };
  }
}

/** A page of the engineers who are registered, by id. */
export async function registeredEngineers(
  engineers: ViewReader<EngineerView>,
  request: PageRequest,
): Promise<{ readonly views: readonly EngineerView[]; readonly nextCursor: string | null }> {
  const { found, nextCursor } = await readPage(engineers, request, {
    where: [{ field: 'registered', in: [1] }],
    sort: { field: 'engineerId', descending: false },
  });
  return { views: found.map(({ view }) => view), nextCursor };
}

export const ownerItem = (view: EngineerView) => ({
  engineerId: view.engineerId,
  displayName: view.displayName,
  email: view.email,
  active: view.active,
  services: view.services,
  counts: Object.fromEntries(
    ticketStates.map((state) => [state, view.counts[state] ?? 0]),
  ) as OwnerItem['counts'],
});
