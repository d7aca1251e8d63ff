import { Controller, HttpCode, Inject, Param, Put, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callOf } from '#commands/call.js';
import type { CommandRequest } from '#commands/command-kind.js';
import { configureOwners, ConfigureOwnersRequest } from '#commands/services/configure-owners.js';
import { putService, PutServiceRequest } from '#commands/services/put-service.js';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ApiProblems } from '#platform/openapi/api-problems.js';
import { answerOf, answerSchemaWith, send } from '../answers.js';
import { CommandHeaders } from '../command-headers.js';
import { GiveCommand } from '../give-command.js';
import { ValidBody } from '#platform/validation/validation-pipe.js';
import { serviceIdOf } from './service-id.js';

const answer = {
  status: 200,
  description: 'As asked, and durable.',
  ...answerSchemaWith('serviceId'),
};

@ApiTags('Services')
@Controller('api/v1/services/:serviceId')
export class ServicesController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Put()
  @HttpCode(200)
  @AllowedFor('admin')
  @ApiOperation({ operationId: 'putService', summary: 'Registers or changes a service.' })
  @ApiParam({ name: 'serviceId', schema: { type: 'string' } })
  @ApiBody({ type: PutServiceRequest })
  @CommandHeaders()
  @ApiResponse(answer)
  put(
    @ValidBody(putService) command: CommandRequest,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('serviceId') serviceId: string,
  ): Promise<void> {
    return this.#give(command, serviceId, request, reply);
  }

  @Put('owners')
  @HttpCode(200)
  @AllowedFor('admin', 'lead')
  @ApiOperation({ operationId: 'configureOwners', summary: "Names a service's owners." })
  @ApiParam({ name: 'serviceId', schema: { type: 'string' } })
  @ApiBody({ type: ConfigureOwnersRequest })
  @CommandHeaders()
  @ApiProblems('unknown_engineer')
  @ApiResponse(answer)
  putOwners(
    @ValidBody(configureOwners) command: CommandRequest,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('serviceId') serviceId: string,
  ): Promise<void> {
    return this.#give(command, serviceId, request, reply);
  }

  async #give(
    command: CommandRequest,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const serviceId = serviceIdOf(id);
    const done = await this.commands.execute(new GiveCommand(command, serviceId, callOf(request)));
    send(reply, 200, done, { serviceId, ...answerOf(done) });
  }
}
