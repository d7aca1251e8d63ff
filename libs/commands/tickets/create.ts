import { Type } from 'class-transformer';
import { IsBoolean, IsOptional, MaxLength, ValidateNested } from 'class-validator';
import {
  HasFormat,
  IsLine,
  IsMobile,
  IsActorId,
  IsSlug,
  IsText,
  IsTimeOfDay,
} from '#platform/validation/decorators.js';
import { onTicket } from '../kinds.js';
import { MAX_TEXT_LENGTH } from './requests.js';

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

  @IsLine(64)
  version!: string;
}

export class CustomerRequest {
  @IsActorId()
  id!: string;

  /** @default none: a customer without an organisation */
  @IsOptional()
  @IsActorId()
  tenant?: string;
}

export class CreateRequest {
  @IsSlug()
  serviceId!: string;

  @IsOptional()
  @IsLine(64)
  issueType?: string;

  @IsText(MAX_TEXT_LENGTH)
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

export const create = onTicket.define(
  'create',
  CreateRequest,
  async (
    {
      serviceId,
      issueType,
      description,
      contact,
      agreement,
      previousTicketId,
      onBehalfOf,
      acknowledgeSensitive,
    },
    given,
    facts,
  ) => ({
    ...given,
    serviceId,
    issueType,
    description,
    contact,
    agreement,
    previousTicketId,
    onBehalfOf: onBehalfOf && { id: onBehalfOf.id, tenant: onBehalfOf.tenant ?? null },
    acknowledgeSensitive,
    ...(await facts.service(serviceId)),
    previousTicket:
      previousTicketId === undefined
        ? undefined
        : await facts.ticket(previousTicketId.toLowerCase(), given.by),
  }),
);
