import type { TicketCommand } from '#ticketing/ticket/catalogue.js';
import { arrivalsIn } from '../arrivals.js';
import { Commands } from '../commands.js';
import { DeskFacts } from '../desk-facts.js';
import { makeDesk, type Desk } from '../desk.js';
import { helpdeskModel } from '../helpdesk-model.js';
import { Course } from '../model.js';
import { Random } from '../random.js';
import { SeededSystem } from '../seeded-system.js';
import { Texts } from '../texts.js';
import { TicketSource, type Append } from '../ticket-source.js';

/** A command with its events. */
export interface Drawn extends Append {
  readonly command: TicketCommand;
}

/** The names of the commands that the seed can write. */
export const writtenCommands = (): string[] => {
  const desk = makeDesk(new Random('desk'));
  const commands = new Commands(desk, factsOf(desk), new Texts(), new Random('any'));
  return ['create', ...Object.keys(commands.write)];
};

export const year = { from: Date.parse('2025-01-01'), to: Date.parse('2026-01-01') };

/** Draws tickets over a year without a store, with all their commands. */
export async function drawTickets(tickets: number, seed: string): Promise<Drawn[]> {
  const random = new Random(seed);
  const system = new SeededSystem(random);
  const desk = makeDesk(new Random('desk'));
  const commands = new HeardCommands(desk, factsOf(desk), new Texts(), random);
  const arrivals = arrivalsIn(year, tickets, helpdeskModel.arrivals, random);
  const course = new Course(helpdeskModel);
  const source = new TicketSource(arrivals, year.to, { desk, course, commands, system, random });
  const drawn: Drawn[] = [];
  for (let append = await source.next(); append !== null; append = await source.next()) {
    if (commands.last === undefined) throw new Error('An append came without a command.');
    drawn.push({ ...append, command: commands.last });
  }
  return drawn;
}

/** The commands by ticket. */
export function byTicket(drawn: readonly Drawn[]): Drawn[][] {
  const tickets = new Map<string, Drawn[]>();
  for (const one of drawn) {
    const { stream } = one.ticket;
    tickets.set(stream, [...(tickets.get(stream) ?? []), one]);
  }
  return [...tickets.values()];
}

class HeardCommands extends Commands {
  last: TicketCommand | undefined;

  override async create(...given: Parameters<Commands['create']>): Promise<TicketCommand> {
    return (this.last = await super.create(...given));
  }
  override async on(...given: Parameters<Commands['on']>): Promise<TicketCommand> {
    return (this.last = await super.on(...given));
  }
}

const factsOf = ({ engineerIds, services }: Desk): DeskFacts =>
  new DeskFacts(
    new Map(
      engineerIds.map((engineerId) => [
        engineerId,
        {
          state: 'active',
          engineerId,
          displayName: engineerId,
          email: `${engineerId}@desk.example`,
        },
      ]),
    ),
    new Map(
      services.map((service) => [
        service.serviceId,
        { service: { ...service, state: 'active' }, serviceRevision: 1 },
      ]),
    ),
  );
