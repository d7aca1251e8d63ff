import { Controller, HttpCode, Inject, Param, Put, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsOptional } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JsonObject } from '#event-store/event-store.js';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { IsText, ItemsAreText } from '#platform/validation/decorators.js';
import { ValidBody } from '#platform/validation/validation-pipe.js';
import { answerOf, answerSchemaWith, send } from '../answers.js';
import { callOf } from '#platform/commands/call.js';
import { CommandHeaders } from '../command-headers.js';
import { GiveServiceCommand } from './give-service-command.js';
import { serviceIdOf } from './service-id.js';

export class PutServiceRequest {
  @IsText(200)
  name!: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @ItemsAreText(64)
  issueTypes?: string[];

  /** Whether it takes new tickets; it does unless told otherwise. */
  @IsOptional()
  @IsBoolean()
  active?: boolean;
}

@ApiTags('Services')
@Controller('api/v1/services/:serviceId')
export class PutServiceController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Put()
  @HttpCode(200)
  @AllowedFor('admin')
  @ApiOperation({ operationId: 'putService', summary: 'Registers or changes a service.' })
  @ApiParam({ name: 'serviceId', schema: { type: 'string' } })
  @ApiBody({ type: PutServiceRequest })
  @CommandHeaders()
  @ApiResponse({
    status: 200,
    description: 'As asked, and durable.',
    ...answerSchemaWith('serviceId'),
  })
  async put(
    @ValidBody(PutServiceRequest) fields: JsonObject,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('serviceId') id: string,
  ): Promise<void> {
    const serviceId = serviceIdOf(id);
    const command = new GiveServiceCommand('put-service', serviceId, fields, callOf(request));
    const done = await this.commands.execute(command);
    send(reply, 200, done, { serviceId, ...answerOf(done) });
  }
}
