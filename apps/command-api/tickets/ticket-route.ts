import { Controller, HttpCode, Inject, Param, Post, Req, Res, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JsonObject } from '#event-store/event-store.js';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { Problem } from '#platform/problems/problem.js';
import { validatorFor, type Validate } from '#platform/validation/validator.js';
import type { TicketActionName } from '#ticketing/ticket/catalogue.js';
import { send } from '../answers.js';
import { callOf } from '#platform/commands/call.js';
import { CommandHeaders } from '../command-headers.js';
import { GiveTicketCommand } from './give-ticket-command.js';
import { ticketAnswer, ticketAnswerSchema } from './ticket-answer.js';

/** A command on a ticket as HTTP knows it: `POST /api/v1/tickets/{id}/{name}`. */
export interface TicketRoute {
  readonly name: TicketActionName;
  readonly validate: Validate<object>;
  readonly controller: Type;
}

/** Who may ask at all: whether they may on this ticket is for the domain to say. */
export const TICKET_ROLES = ['customer', 'engineer', 'lead'] as const;

/** Makes the route of a command from its name, its request class and what it does, in a sentence. */
export function ticketRoute(
  name: TicketActionName,
  Request: Type<object>,
  summary: string,
): TicketRoute {
  const validate = validatorFor(Request);

  @ApiTags('Ticket commands')
  @Controller('api/v1/tickets/:ticketId')
  class TicketCommandController {
    constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

    @Post(name)
    @HttpCode(200)
    @AllowedFor(...TICKET_ROLES)
    @ApiOperation({ operationId: name, summary })
    @ApiParam({ name: 'ticketId', schema: { type: 'string', format: 'uuid' } })
    @ApiBody({ type: Request, required: false })
    @CommandHeaders()
    @ApiResponse({ status: 200, description: 'Accepted, and durable.', ...ticketAnswerSchema })
    async give(
      @Req() request: FastifyRequest,
      @Res() reply: FastifyReply,
      @Param('ticketId') ticketId: string,
    ): Promise<void> {
      const fields = validate(request.body ?? {}) as JsonObject;
      const command = new GiveTicketCommand(name, ticketIdOf(ticketId), fields, callOf(request));
      const { done } = await this.commands.execute(command);
      send(reply, 200, done, ticketAnswer(command.ticketId, done));
    }
  }
  Object.defineProperty(TicketCommandController, 'name', { value: `${name} controller` });
  return { name, validate, controller: TicketCommandController };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @throws Problem `not_found`: what is no UUID names no ticket. */
export function ticketIdOf(text: string): string {
  const id = text.toLowerCase();
  if (!UUID.test(id)) throw new Problem('not_found', 'There is no such ticket.');
  return id;
}
