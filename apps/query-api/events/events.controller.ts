import { Readable } from 'node:stream';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import {
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { tokenExpiry } from '#platform/authentication/token-expiry.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { rolesWith } from '#ticketing/ticket/visibility.js';
import { ApiQueryOf } from '../api-query.js';
import { QueryRequest } from '../query-requests.js';
import { OpenStreams } from './open-streams.js';
import { EventMessage } from './event-message.js';
import { FollowEvents } from './follow-events-query.js';
import { textRoomOf } from './text-room.js';

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // A proxy with buffering would delay events.
  'x-accel-buffering': 'no',
};

/** The size of a slow client's buffer. */
const BUFFER_BYTES = 16 * 1024;

@ApiTags('Events')
@Controller('api/v1/events')
export class EventsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly streams: OpenStreams,
  ) {}

  @Get()
  @AllowedFor(...rolesWith('services'))
  @ApiOperation({
    operationId: 'followEvents',
    summary: 'Streams the events that the caller may see, as server-sent events.',
  })
  @ApiQueryOf(QueryRequest)
  @ApiExtraModels(EventMessage)
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description:
      'The id of the last message that the client received. The stream resumes after it.',
    schema: { type: 'string', pattern: '^[0-9]{1,19}$' },
  })
  @ApiResponse({
    status: 200,
    description:
      'A message for each event: its position is the id, its type is the event, and the data is JSON. The stream ends when the token expires.',
    // OpenAPI 3.1 has no keyword for the items of a stream, so the schema is that of one message.
    content: { 'text/event-stream': { schema: { $ref: getSchemaPath(EventMessage) } } },
  })
  async follow(
    @ValidQuery(QueryRequest) query: QueryRequest,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { actor, headers, method } = request;
    const held = request.share.openStream();
    const signal = this.streams.open(reply.raw, tokenExpiry(headers.authorization));
    // Node joins repeated headers with a comma, which is then refused as a position.
    const lastEventId = headers['last-event-id'] as string | undefined;
    const room = textRoomOf(held, reply.raw, signal);
    const texts = await this.queries.execute(
      new FollowEvents(actor, query, lastEventId, { signal, room }),
    );
    const body = { objectMode: false, highWaterMark: BUFFER_BYTES };
    // HEAD is routed here too, and must not wait for the end of a stream.
    void reply.headers(HEADERS).send(method === 'HEAD' ? undefined : Readable.from(texts, body));
  }
}
