import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsOptional, MaxLength, ValidateNested } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JsonObject } from '#event-store/event-store.js';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import {
  HasFormat,
  IsAnyText,
  IsMobile,
  IsPersonId,
  IsSlug,
  IsText,
  IsTimeOfDay,
} from '#platform/validation/decorators.js';
import { validatorFor } from '#platform/validation/validator.js';
import { System } from '#platform/system.js';
import { send } from '../answers.js';
import { callOf, newIdOf } from '#platform/commands/call.js';
import { CommandHeaders } from '../command-headers.js';
import { GiveTicketCommand } from './give-ticket-command.js';
import { LONGEST_TEXT } from './requests.js';
import { ticketAnswer, ticketAnswerSchema } from './ticket-answer.js';
import { TICKET_ROLES } from './ticket-route.js';

export class ReceivingPeriodRequest {
  @IsTimeOfDay()
  from!: string;

  @IsTimeOfDay()
  to!: string;

  @HasFormat('iana-time-zone')
  timeZone!: string;
}

export class ContactRequest {
  @IsOptional()
  @IsMobile()
  mobile?: string;

  @IsOptional()
  @MaxLength(254)
  @HasFormat('email')
  email?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => ReceivingPeriodRequest)
  receivingPeriod?: ReceivingPeriodRequest;
}

export class AgreementRequest {
  @IsBoolean()
  accepted!: boolean;

  @IsText(64)
  version!: string;
}

export class CustomerRequest {
  @IsPersonId()
  id!: string;

  @IsPersonId()
  tenant!: string;
}

export class CreateRequest {
  @IsSlug()
  serviceId!: string;

  @IsOptional()
  @IsAnyText(64)
  issueType?: string;

  @IsText(LONGEST_TEXT)
  description!: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => ContactRequest)
  contact?: ContactRequest;

  @IsOptional()
  @ValidateNested()
  @Type(() => AgreementRequest)
  agreement?: AgreementRequest;

  @IsOptional()
  @HasFormat('uuid')
  previousTicketId?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => CustomerRequest)
  onBehalfOf?: CustomerRequest;

  @IsOptional()
  @IsBoolean()
  acknowledgeSensitive?: boolean;
}

export const validateCreate = validatorFor(CreateRequest);

@ApiTags('Ticket commands')
@Controller('api/v1/tickets')
export class CreateController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    private readonly system: System,
  ) {}

  @Post()
  @AllowedFor(...TICKET_ROLES)
  @ApiOperation({ operationId: 'create', summary: 'Raises a ticket.' })
  @ApiBody({ type: CreateRequest })
  @CommandHeaders()
  @ApiResponse({ status: 201, description: 'Created, and durable.', ...ticketAnswerSchema })
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = validateCreate(request.body ?? {}) as unknown as JsonObject;
    const call = callOf(request);
    const ticketId = newIdOf(call, this.system);
    const command = new GiveTicketCommand('create', ticketId, fields, call);
    const { done } = await this.commands.execute(command);
    void reply.header('location', `/api/v1/tickets/${ticketId}`);
    send(reply, 201, done, ticketAnswer(ticketId, done));
  }
}
