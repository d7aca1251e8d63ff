import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callOf, newIdOf } from '#commands/call.js';
import type { CommandRequest } from '#commands/command-kind.js';
import { create, CreateRequest } from '#commands/tickets/create.js';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { System } from '#platform/system.js';
import { callerRoles, ticketCatalogue } from '#ticketing/ticket/catalogue.js';
import { send } from '../command-answer.js';
import { DocumentCommand } from '../document-command.js';
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
  @DocumentCommand(CreateRequest, {
    operationId: 'create',
    summary: ticketCatalogue.create.summary,
    answer: TicketCommandAnswer,
    status: 201,
    problems: [
      'illegal_transition',
      'unknown_service',
      'inactive_service',
      'agreement_required',
      'sensitive_content',
    ],
  })
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
