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

/** The members of a request, on their way to the domain. */
export interface PreparedCommand<Command = unknown> {
  /** The domain's command, with the facts that its decision needs. */
  command(id: string, given: Given, facts: Facts): Promise<Command>;
}

/** A valid request for a command. */
export interface CommandRequest<Command = unknown> extends PreparedCommand<Command> {
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

/**
 * Defines the commands on one kind of stream. A definition maps the members of a request, and the
 * facts that the decision needs, to the members of the domain's command. The compiler checks that
 * each member has a source.
 *
 * @typeParam Names - the member that identifies a command's subject, such as `{ ticketId: string }`
 */
export class CommandKind<Command extends DomainCommand, Names extends JsonObject> {
  constructor(
    private readonly names: (id: string) => Names,
    private readonly streamOf: (id: string) => string,
    private readonly runnerOf: (
      runners: CommandRunners,
    ) => Pick<CommandRunner<Command, unknown, unknown>, 'run'>,
    /** Adds the command's customer to the actor. */
    private readonly contextOf: (context: CommandContext, command: Command) => CommandContext = (
      context,
    ) => context,
  ) {}

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
    const of = (fields: Request) =>
      this.#prepare(name, (given, facts) => commandOf(fields, given, facts));
    const read = (body: unknown) => {
      const fields = validate(body ?? {});
      return this.#request(name, fields, of(fields));
    };
    return { name, request, of, read };
  }

  /** A command that only the service itself sends. It has no further members. */
  defineInternal<Name extends Command['type']>(
    name: Name,
    commandOf: (
      given: Given & Names & { readonly type: Name },
      facts: Facts,
    ) => Awaitable<Complete<Command, Name>>,
  ) {
    const read = () => this.#request(name, {}, this.#prepare(name, commandOf));
    return { name, request: null, read };
  }

  #prepare<Name extends Command['type']>(
    name: Name,
    commandOf: (given: Given & Names & { readonly type: Name }, facts: Facts) => Awaitable<Command>,
  ): PreparedCommand<Command> {
    return {
      command: async (id, { by, at }, facts) =>
        commandOf({ type: name, by, at, ...this.names(id) }, facts),
    };
  }

  #request(
    name: string,
    fields: JsonObject,
    prepared: PreparedCommand<Command>,
  ): CommandRequest<Command> {
    return {
      ...prepared,
      identity: (id) => ({ command: name, ...this.names(id), fields }),
      run: async (id, given, context, { runners, facts }) => {
        const decided = await prepared.command(id, given, facts);
        const full = this.contextOf(context, decided);
        return this.runnerOf(runners).run(this.streamOf(id), decided, full);
      },
    };
  }
}
