import { Controller, Inject, Param, Put, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callOf } from '#commands/call.js';
import type { CommandRequest } from '#commands/command-kind.js';
import { configureOwners, ConfigureOwnersRequest } from '#commands/services/configure-owners.js';
import { putService, PutServiceRequest } from '#commands/services/put-service.js';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { Text } from '#platform/openapi/answer-members.js';
import { CommandAnswer, commandAnswer, send } from '../command-answer.js';
import { DocumentCommand } from '../document-command.js';
import { GiveCommand } from '../give-command.js';
import { ValidBody } from '#platform/validation/validation-pipe.js';
import { serviceIdOf } from './service-id.js';

/** The answer to an accepted command on a service. */
export class ServiceCommandAnswer extends CommandAnswer {
  @Text({ example: 'vpn' })
  readonly serviceId!: string;
}

@ApiTags('Services')
@Controller('api/v1/services/:serviceId')
export class ServicesController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Put()
  @AllowedFor('admin')
  @DocumentCommand(PutServiceRequest, {
    operationId: 'putService',
    summary: 'Registers or changes a service.',
    answer: ServiceCommandAnswer,
  })
  put(
    @ValidBody(putService) command: CommandRequest,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('serviceId') serviceId: string,
  ): Promise<void> {
    return this.#give(command, serviceId, request, reply);
  }

  @Put('owners')
  @AllowedFor('admin', 'lead')
  @DocumentCommand(ConfigureOwnersRequest, {
    operationId: 'configureOwners',
    summary: "Names a service's owners.",
    answer: ServiceCommandAnswer,
  })
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
    const answer: ServiceCommandAnswer = { serviceId, ...commandAnswer(done) };
    send(reply, 200, done, answer);
  }
}
