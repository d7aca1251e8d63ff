import { Controller, HttpCode, Inject, Param, Post, Req, Res, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callOf } from '#commands/call.js';
import type { CommandRequest } from '#commands/command-kind.js';
import { callerActions, type CallerAction } from '#commands/ticket-commands.js';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { callerRoles } from '#ticketing/ticket/catalogue.js';
import { send } from '../command-answer.js';
import { DocumentCommand } from '../document-command.js';
import { GiveCommand } from '../give-command.js';
import { ValidBody } from '#platform/validation/validation-pipe.js';
import { TicketCommandAnswer, ticketAnswer } from './ticket-answer.js';
import { ticketIdOf } from './ticket-id.js';

/** Makes the controller of a command on a ticket: `POST /api/v1/tickets/{ticketId}/{name}`. */
function controllerOf(action: CallerAction): Type {
  const { name, request: Request, summary } = action;

  @ApiTags('Ticket commands')
  @Controller('api/v1/tickets/:ticketId')
  class TicketActionController {
    constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

    @Post(name)
    @HttpCode(200)
    @AllowedFor(...callerRoles)
    @ApiParam({ name: 'ticketId', schema: { type: 'string', format: 'uuid' } })
    @DocumentCommand(Request, {
      operationId: name,
      summary,
      answer: TicketCommandAnswer,
      problems: ['illegal_transition', 'already_handled', 'ticket_closed', 'ticket_full'],
    })
    async give(
      @ValidBody(action) command: CommandRequest,
      @Req() request: FastifyRequest,
      @Res() reply: FastifyReply,
      @Param('ticketId') id: string,
    ): Promise<void> {
      const ticketId = ticketIdOf(id);
      const done = await this.commands.execute(new GiveCommand(command, ticketId, callOf(request)));
      send(reply, 200, done, ticketAnswer(ticketId, done));
    }
  }
  Object.defineProperty(TicketActionController, 'name', { value: `${name} controller` });
  return TicketActionController;
}

/** The controllers of all commands that callers may send on a ticket that exists. */
export const ticketActionControllers: readonly Type[] = callerActions.map(controllerOf);
