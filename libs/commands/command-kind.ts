import type { Type } from '@nestjs/common';
import type { CommandContext, CommandRunner, Outcome } from '#event-sourcing/command-runner.js';
import type { JsonObject } from '#event-store/event-store.js';
import { validatorFor } from '#platform/validation/validator.js';
import type { Given } from '#ticketing/decision.js';
import type { CommandRunners } from './command-runners.js';
import type { Facts } from './facts.js';

/** A command as its senders see it. */
export interface CommandDefinition<Command = unknown> {
  /** Its name in the HTTP API. */
  readonly name: string;
  /** The class of its request; null if only the service itself sends the command. */
  readonly request: Type<object> | null;
  /** @throws Problem `invalid_request` for a body that does not fit the request class. */
  read(body: unknown): CommandRequest<Command>;
}

/** A valid request for a command. */
export interface CommandRequest<Command = unknown> {
  /** The domain's command, with the facts that its decision needs. */
  command(id: string, given: Given, facts: Facts): Promise<Command>;
  /** The request as JSON; an idempotency key identifies one such value. */
  identity(id: string): JsonObject;
  run(id: string, given: Given, context: CommandContext, means: Means): Promise<Outcome>;
}

/** The dependencies of a command's execution. */
export interface Means {
  readonly runners: CommandRunners;
  readonly facts: Facts;
}

interface DomainCommand extends Given {
  readonly type: string;
}

/** The command with this name and all its members, including optional ones. */
type Complete<Command extends DomainCommand, Name> = Command &
  AllMembers<Extract<Command, { readonly type: Name }>>;
type AllMembers<Members> = { [Member in keyof Required<Members>]: Members[Member] };

type Awaitable<Value> = Value | Promise<Value>;

/** What the commands on one kind of stream have in common. */
interface Kind<Command extends DomainCommand, Names extends JsonObject> {
  /** The member that identifies a command's subject, such as `{ ticketId }`. */
  readonly names: (id: string) => Names;
  readonly streamOf: (id: string) => string;
  readonly runnerOf: (
    runners: CommandRunners,
  ) => Pick<CommandRunner<Command, unknown, unknown>, 'run'>;
  /** Adds the command's customer to the actor. */
  readonly contextOf?: (context: CommandContext, command: Command) => CommandContext;
}

/**
 * Defines the commands on one kind of stream. A definition maps the members of a request, and the
 * facts that the decision needs, to the members of the domain's command. The compiler checks that
 * each member has a source.
 *
 * @typeParam Names - the member that identifies a command's subject, such as `{ ticketId: string }`
 */
export class CommandKind<Command extends DomainCommand, Names extends JsonObject> {
  constructor(private readonly kind: Kind<Command, Names>) {}

  /** A command that callers send. */
  define<Name extends Command['type'], Request extends object>(
    name: Name,
    request: Type<Request>,
    commandOf: (
      request: Request,
      given: Given & Names & { readonly type: Name },
      facts: Facts,
    ) => Awaitable<Complete<Command, Name>>,
  ) {
    const validate = validatorFor(request);
    /** For senders in the same process: the compiler checks the members. */
    const of = (fields: Request): CommandRequest<Command> =>
      new ValidRequest(this.kind, name, fields, (given, facts) => commandOf(fields, given, facts));
    return { name, request, of, read: (body: unknown) => of(validate(body ?? {})) };
  }

  /** A command that only the service itself sends. It has no further members. */
  defineInternal<Name extends Command['type']>(
    name: Name,
    commandOf: (
      given: Given & Names & { readonly type: Name },
      facts: Facts,
    ) => Awaitable<Complete<Command, Name>>,
  ) {
    const read = (): CommandRequest<Command> => new ValidRequest(this.kind, name, {}, commandOf);
    return { name, request: null, read };
  }
}

class ValidRequest<
  Command extends DomainCommand,
  Names extends JsonObject,
  Name,
> implements CommandRequest<Command> {
  constructor(
    private readonly kind: Kind<Command, Names>,
    private readonly name: Name,
    private readonly fields: object,
    private readonly commandOf: (
      given: Given & Names & { readonly type: Name },
      facts: Facts,
    ) => Awaitable<Command>,
  ) {}

  async command(id: string, { by, at }: Given, facts: Facts): Promise<Command> {
    return this.commandOf({ type: this.name, by, at, ...this.kind.names(id) }, facts);
  }

  identity(id: string): JsonObject {
    return { command: this.name, ...this.kind.names(id), fields: this.fields };
  }

  async run(id: string, given: Given, context: CommandContext, means: Means): Promise<Outcome> {
    const { streamOf, runnerOf, contextOf } = this.kind;
    const command = await this.command(id, given, means.facts);
    const full = contextOf === undefined ? context : contextOf(context, command);
    return runnerOf(means.runners).run(streamOf(id), command, full);
  }
}
