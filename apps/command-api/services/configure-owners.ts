import { Controller, HttpCode, Inject, Param, Put, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JsonObject } from '#event-store/event-store.js';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ItemsArePersonIds } from '#platform/validation/decorators.js';
import { ValidBody } from '#platform/validation/validation-pipe.js';
import { answerOf, answerSchemaWith, send } from '../answers.js';
import { callOf } from '#platform/commands/call.js';
import { CommandHeaders } from '../command-headers.js';
import { GiveServiceCommand } from './give-service-command.js';
import { serviceIdOf } from './service-id.js';

export class ConfigureOwnersRequest {
  /** The whole list: who is not on it is no owner any more. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ItemsArePersonIds()
  engineerIds!: string[];
}

@ApiTags('Services')
@Controller('api/v1/services/:serviceId/owners')
export class ConfigureOwnersController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Put()
  @HttpCode(200)
  @AllowedFor('admin', 'lead')
  @ApiOperation({ operationId: 'configureOwners', summary: "Names a service's owners." })
  @ApiParam({ name: 'serviceId', schema: { type: 'string' } })
  @ApiBody({ type: ConfigureOwnersRequest })
  @CommandHeaders()
  @ApiResponse({
    status: 200,
    description: 'As asked, and durable.',
    ...answerSchemaWith('serviceId'),
  })
  async put(
    @ValidBody(ConfigureOwnersRequest) fields: JsonObject,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('serviceId') id: string,
  ): Promise<void> {
    const serviceId = serviceIdOf(id);
    const command = new GiveServiceCommand('configure-owners', serviceId, fields, callOf(request));
    const done = await this.commands.execute(command);
    send(reply, 200, done, { serviceId, ...answerOf(done) });
  }
}
