import { Controller, HttpCode, Inject, Param, Put, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { IsBoolean, IsOptional, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JsonObject } from '#event-store/event-store.js';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { invalidField } from '#platform/problems/problem.js';
import { HasFormat, IsText } from '#platform/validation/decorators.js';
import { ValidBody } from '#platform/validation/validation-pipe.js';
import { answerOf, answerSchemaWith, send } from '../answers.js';
import { callOf } from '#platform/commands/call.js';
import { CommandHeaders } from '../command-headers.js';
import { GiveEngineerCommand } from './give-engineer-command.js';

export class PutEngineerRequest {
  @IsText(200)
  displayName!: string;

  @MaxLength(254)
  @HasFormat('email')
  email!: string;

  /** Whether tickets may be given to them; they may unless told otherwise. */
  @IsOptional()
  @IsBoolean()
  active?: boolean;
}

@ApiTags('Engineers')
@Controller('api/v1/engineers/:engineerId')
export class PutEngineerController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Put()
  @HttpCode(200)
  @AllowedFor('admin')
  @ApiOperation({ operationId: 'putEngineer', summary: 'Registers or changes an engineer.' })
  @ApiParam({ name: 'engineerId', schema: { type: 'string' } })
  @ApiBody({ type: PutEngineerRequest })
  @CommandHeaders()
  @ApiResponse({
    status: 200,
    description: 'As asked, and durable.',
    ...answerSchemaWith('engineerId'),
  })
  async put(
    @ValidBody(PutEngineerRequest) fields: JsonObject,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('engineerId') engineerId: string,
  ): Promise<void> {
    if (!/^[^\p{C}/]{1,128}$/u.test(engineerId)) {
      throw invalidField('/engineerId', 'An engineer id is 1 to 128 printable characters.');
    }
    const done = await this.commands.execute(
      new GiveEngineerCommand(engineerId, fields, callOf(request)),
    );
    send(reply, 200, done, { engineerId, ...answerOf(done) });
  }
}
