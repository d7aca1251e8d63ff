import { Controller, HttpCode, Inject, Param, Post, Req, Res, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callOf } from '#commands/call.js';
import type { CommandRequest } from '#commands/command-kind.js';
import { callerActions, type CallerAction } from '#commands/ticket-commands.js';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ApiProblems } from '#platform/openapi/api-problems.js';
import type { ProblemCode } from '#platform/problems/problem.js';
import { requestSchemas } from '#platform/validation/schemas.js';
import { callerRoles } from '#ticketing/ticket/catalogue.js';
import { send } from '../command-answer.js';
import { CommandHeaders } from '../command-headers.js';
import { GiveCommand } from '../give-command.js';
import { ValidBody } from '#platform/validation/validation-pipe.js';
import { TicketCommandAnswer, ticketAnswer } from './ticket-answer.js';
import { ticketIdOf } from './ticket-id.js';

/** The catalogue has loaded the request classes. */
const schemas = requestSchemas();

/** Makes the controller of a command on a ticket: `POST /api/v1/tickets/{ticketId}/{name}`. */
function controllerOf(action: CallerAction): Type {
  const { name, request: Request, summary } = action;
  const { properties = {}, required = [] } = schemas[Request.name] ?? {};

  @ApiTags('Ticket commands')
  @Controller('api/v1/tickets/:ticketId')
  class TicketActionController {
    constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

    @Post(name)
    @HttpCode(200)
    @AllowedFor(...callerRoles)
    @ApiOperation({ operationId: name, summary })
    @ApiParam({ name: 'ticketId', schema: { type: 'string', format: 'uuid' } })
    @ApiBody({ type: Request, required: required.length > 0 })
    @CommandHeaders()
    @ApiProblems(...problemsOf(properties))
    @ApiResponse({ status: 200, description: 'Accepted, and durable.', type: TicketCommandAnswer })
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

/** The codes with which the domain may refuse a command on a ticket. */
function problemsOf(properties: object): ProblemCode[] {
  const codes: ProblemCode[] = ['illegal_transition', 'already_handled', 'ticket_closed'];
  return 'engineerId' in properties ? [...codes, 'unknown_engineer'] : codes;
}

/** The controllers of all commands that callers may send on a ticket that exists. */
export const ticketActionControllers: readonly Type[] = callerActions.map(controllerOf);
