import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callOf, newIdOf } from '#commands/call.js';
import type { CommandRequest } from '#commands/command-kind.js';
import { create, CreateRequest } from '#commands/tickets/create.js';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ApiProblems } from '#platform/openapi/api-problems.js';
import { System } from '#platform/system.js';
import { callerRoles, ticketCatalogue } from '#ticketing/ticket/catalogue.js';
import { send } from '../command-answer.js';
import { CommandHeaders } from '../command-headers.js';
import { GiveCommand } from '../give-command.js';
import { ValidBody } from '#platform/validation/validation-pipe.js';
import { TicketCommandAnswer, ticketAnswer } from './ticket-answer.js';

/** `POST /api/v1/tickets` */
@ApiTags('Ticket commands')
@Controller('api/v1/tickets')
export class TicketsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    private readonly system: System,
  ) {}

  @Post()
  @AllowedFor(...callerRoles)
  @ApiOperation({ operationId: 'create', summary: ticketCatalogue.create.summary })
  @ApiBody({ type: CreateRequest })
  @CommandHeaders()
  @ApiProblems(
    'illegal_transition',
    'unknown_service',
    'inactive_service',
    'agreement_required',
    'sensitive_content',
  )
  @ApiResponse({ status: 201, description: 'Created, and durable.', type: TicketCommandAnswer })
  async create(
    @ValidBody(create) command: CommandRequest,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const call = callOf(request);
    const ticketId = newIdOf(call, this.system);
    const done = await this.commands.execute(new GiveCommand(command, ticketId, call));
    void reply.header('location', `/api/v1/tickets/${ticketId}`);
    send(reply, 201, done, ticketAnswer(ticketId, done));
  }
}
