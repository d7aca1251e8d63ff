import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Text, Texts } from '#platform/openapi/answer-members.js';
import { Views } from '#projections/views.js';
import type { Role } from '#ticketing/decision.js';
import { callerCommands, ticketCatalogue } from '#ticketing/ticket/catalogue.js';
import { staffRole } from '#ticketing/ticket/rule.js';
import { Freshness } from '../freshness.js';
import { ActorQuery } from '../queries.js';
import type { QueryRequest } from '../query-requests.js';

/** The caller, as the service knows them. */
export class Me {
  @Text({ example: 'bob' })
  readonly id!: string;

  @Text({
    nullable: true,
    example: 'Bob',
    description: "The engineer's display name, or the name in the token.",
  })
  readonly name!: string | null;

  @Text({ nullable: true, example: 'acme', description: "The customer's organisation." })
  readonly tenant!: string | null;

  @Texts({ example: ['engineer'] })
  readonly roles!: readonly Role[];

  @Texts({
    example: ['handle', 'notes'],
    description:
      "The commands on tickets that such a caller may ever give. Those that they may give now are in a ticket's `allowed`.",
  })
  readonly commands!: readonly string[];
}

/** Who the caller is. */
export class ShowMe extends ActorQuery<QueryRequest, Me> {}

@QueryHandler(ShowMe)
export class ShowMeHandler implements IQueryHandler<ShowMe> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
  ) {}

  async execute({ actor, request }: ShowMe): Promise<Me> {
    const { engineers } = this.readModels;
    await this.freshness.reached(request.minPosition, engineers);
    // A customer may have the id of an engineer.
    const engineer = staffRole(actor) === null ? null : await engineers.get(actor.id);
    return {
      id: actor.id,
      name: engineer?.displayName ?? actor.name ?? null,
      tenant: actor.tenant,
      roles: actor.roles,
      commands: callerCommands.filter((name) =>
        ticketCatalogue[name].who.roles.some((role) => actor.roles.includes(role)),
      ),
    };
  }
}
