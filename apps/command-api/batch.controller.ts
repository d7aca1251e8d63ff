import { Readable } from 'node:stream';
import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import {
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiOperation,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerActions } from '#commands/ticket-commands.js';
import { create } from '#commands/tickets/create.js';
import { OneAtATime } from '#event-sourcing/one-at-a-time.js';
import type { JsonObject } from '#event-store/event-store.js';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { BATCH_AT_ONCE, parseJson } from '#platform/http/bodies.js';
import { logIdsOf } from '#platform/http/log-ids.js';
import {
  invalidField,
  Problem,
  UNSUPPORTED_TYPE,
  type ProblemDetails,
} from '#platform/problems/problem.js';
import { ProblemReporter } from '#platform/problems/problem-reporter.js';
import { System } from '#platform/system.js';
import { callerRoles } from '#ticketing/ticket/catalogue.js';
import { callOf, newIdOf, readIdempotencyKey, readIfMatch, type Call } from '#commands/call.js';
import { linesOfBatch, type BatchLine, type BatchLines } from './batch-body.js';
import { BatchAnswer, BatchCommand } from './batch-lines.js';
import { ByteWindow } from './byte-window.js';
import { GiveCommand } from './give-command.js';
import { ticketAnswer } from './tickets/ticket-answer.js';
import { ticketIdOf } from './tickets/ticket-id.js';

/** How many commands of a batch run at once. */
const COMMANDS_AT_ONCE = 128;

/** OpenAPI 3.1 has no keyword for the items of a stream, so the schema is that of one line. */
const resultSchema = {
  anyOf: [{ $ref: getSchemaPath(BatchAnswer) }, { $ref: '#/components/schemas/Problem' }],
};

/**
 * `POST /api/v1/commands`: NDJSON in, NDJSON out, with one command in each line. Commands succeed or
 * fail independently; those on one ticket run in order, those on different tickets concurrently.
 * Lines run as they arrive, and are read no faster than they run and their results are taken.
 */
@ApiTags('Ticket commands')
@Controller('api/v1/commands')
export class BatchController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    private readonly system: System,
    private readonly reporter: ProblemReporter,
  ) {}

  @Post()
  @HttpCode(200)
  @AllowedFor(...callerRoles)
  @ApiOperation({ operationId: 'commands', summary: 'Sends up to 1,000 commands at once.' })
  @ApiConsumes('application/x-ndjson')
  @ApiBody({ type: BatchCommand, description: 'One command in each line, as JSON.' })
  @ApiExtraModels(BatchAnswer)
  @ApiResponse({
    status: 200,
    description:
      "One result in each line, in the same order: a command's answer or its problem details.",
    content: { 'application/x-ndjson': { schema: resultSchema } },
  })
  async give(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!(request.body instanceof Readable)) {
      throw new Problem('unsupported_media_type', UNSUPPORTED_TYPE);
    }
    refuseHeadersOfOne(request);
    const call = callOf(request);
    const lines = await linesOfBatch(request.body);
    const inOrder = new OneAtATime();
    const window = new ByteWindow(BATCH_AT_ONCE);
    const results = Readable.from(withRoom(lines, window)).map(
      async (line: BatchLine) => {
        const result = await this.#result(line, call, inOrder, request);
        window.release(sizeOf(line));
        return `${JSON.stringify(result)}\n`;
      },
      { concurrency: COMMANDS_AT_ONCE },
    );
    void reply.header('content-type', 'application/x-ndjson; charset=utf-8').send(results);
  }

  async #result(
    line: BatchLine,
    batch: Call,
    inOrder: OneAtATime,
    request: FastifyRequest,
  ): Promise<BatchAnswer | ProblemDetails> {
    await new Promise<void>((resolve) => {
      request.share.turn(resolve);
    });
    try {
      if (line instanceof Problem) throw line;
      request.share.spend(sizeOf(line));
      request.share.spendWords(line);
      const { command, status } = this.#read(line, batch);
      const done = await inOrder.run(command.id, () => this.commands.execute(command));
      const replayed = done.replayed ? { replayed: true as const } : {};
      return { status, ...ticketAnswer(command.id, done), ...replayed };
    } catch (error) {
      return this.reporter.problemOf(error, logIdsOf(request)).details();
    }
  }

  #read(line: string, batch: Call): { command: GiveCommand; status: 200 | 201 } {
    const { command: name, ticketId, idempotencyKey, ifMatch, ...fields } = parse(line);
    const call: Call = {
      ...batch,
      idempotencyKey: readIdempotencyKey(idempotencyKey),
      ifMatch: readRevision(ifMatch),
    };
    if (name === create.name) {
      if (ticketId !== undefined)
        throw invalidField('/ticketId', 'A new ticket gets a generated id. Remove the field.');
      const id = newIdOf(call, this.system);
      return { command: new GiveCommand(create.read(fields), id, call), status: 201 };
    }
    const action = callerActions.find((known) => known.name === name);
    if (action === undefined) throw invalidField('/command', 'Unknown command.');
    if (typeof ticketId !== 'string') throw invalidField('/ticketId', 'Give the id of the ticket.');
    const request = action.read(fields);
    return { command: new GiveCommand(request, ticketIdOf(ticketId), call), status: 200 };
  }
}

/** A batch has keys and revisions in its lines: those of the request would belong to none of them. */
function refuseHeadersOfOne({ headers }: FastifyRequest): void {
  const members = { 'Idempotency-Key': 'idempotencyKey', 'If-Match': 'ifMatch' };
  for (const [header, member] of Object.entries(members)) {
    if (headers[header.toLowerCase()] === undefined) continue;
    throw new Problem(
      'invalid_request',
      `A batch takes no ${header}. Remove it, and give each line its own member "${member}".`,
    );
  }
}

/** The lines of a batch, each as soon as there is room for it. */
async function* withRoom(lines: BatchLines, window: ByteWindow): AsyncGenerator<BatchLine> {
  for await (const line of lines) {
    await window.take(sizeOf(line));
    yield line;
  }
}

const sizeOf = (line: BatchLine): number => (line instanceof Problem ? 0 : Buffer.byteLength(line));

function parse(line: string): JsonObject {
  const value = parseJson(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidField('', 'A command must be a JSON object.');
  }
  return value as JsonObject;
}

/** A revision as a number, or in quotes like If-Match. */
function readRevision(ifMatch: unknown): readonly number[] | undefined {
  if (typeof ifMatch !== 'number') return readIfMatch(ifMatch);
  if (Number.isSafeInteger(ifMatch) && ifMatch >= 0) return [ifMatch];
  throw invalidField('/ifMatch', 'A revision is a whole number from 0.');
}
