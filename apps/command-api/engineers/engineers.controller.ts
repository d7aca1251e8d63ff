import { Controller, Inject, Param, Put, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callOf } from '#commands/call.js';
import type { CommandRequest } from '#commands/command-kind.js';
import { putEngineer, PutEngineerRequest } from '#commands/engineers/put-engineer.js';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { Text } from '#platform/openapi/answer-members.js';
import { invalidField } from '#platform/problems/problem.js';
import { CommandAnswer, commandAnswer, send } from '../command-answer.js';
import { DocumentCommand } from '../document-command.js';
import { GiveCommand } from '../give-command.js';
import { isId, normalId } from '#ticketing/text.js';
import { ValidBody } from '#platform/validation/validation-pipe.js';

/** The answer to an accepted command on an engineer. */
export class EngineerCommandAnswer extends CommandAnswer {
  @Text({ example: 'bob' })
  readonly engineerId!: string;
}

@ApiTags('Engineers')
@Controller('api/v1/engineers/:engineerId')
export class EngineersController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Put()
  @AllowedFor('admin')
  @DocumentCommand(PutEngineerRequest, {
    operationId: 'putEngineer',
    summary: 'Registers or changes an engineer.',
    answer: EngineerCommandAnswer,
  })
  async put(
    @ValidBody(putEngineer) command: CommandRequest,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('engineerId') id: string,
  ): Promise<void> {
    const engineerId = normalId(id);
    if (!isId(engineerId)) {
      throw invalidField('/engineerId', 'An engineer id must be 1 to 128 printable characters.');
    }
    const done = await this.commands.execute(new GiveCommand(command, engineerId, callOf(request)));
    const answer: EngineerCommandAnswer = { engineerId, ...commandAnswer(done) };
    send(reply, 200, done, answer);
  }
}
