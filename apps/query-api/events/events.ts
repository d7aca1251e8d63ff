import { Readable } from 'node:stream';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { tokenExpiry } from '#platform/authentication/token-expiry.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { rolesWith } from '#ticketing/ticket/visibility.js';
import { ApiQueryOf } from '../api-query.js';
import { QueryRequest } from '../query-requests.js';
import { OpenStreams } from './open-streams.js';
import { FollowEvents } from './follow-events-query.js';

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Proxies that gather answers before they pass them on would hold events back.
  'x-accel-buffering': 'no',
};

/** So much of the text is made ahead of a reader, and no more. */
const AHEAD_BYTES = 16 * 1024;

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
    summary: 'Streams what happens and the caller may see, as server-sent events.',
  })
  @ApiQueryOf(QueryRequest)
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The id of the last message that the caller has; the stream goes on behind it.',
    schema: { type: 'string', pattern: '^[0-9]{1,19}$' },
  })
  @ApiResponse({
    status: 200,
    description:
      'A message for each event: its position as id, its type as event, and its data in JSON. It ends when the token expires.',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  async follow(
    @ValidQuery(QueryRequest) query: QueryRequest,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { actor, headers, method } = request;
    const signal = this.streams.open(reply.raw, tokenExpiry(headers.authorization));
    // Repeated headers arrive as one, with a comma, which is no position.
    const lastEventId = headers['last-event-id'] as string | undefined;
    const texts = await this.queries.execute(new FollowEvents(actor, query, lastEventId, signal));
    request.noLongerUnderWay();
    const body = { objectMode: false, highWaterMark: AHEAD_BYTES };
    // HEAD comes here, too, and would wait for the end of what has none.
    void reply.headers(HEADERS).send(method === 'HEAD' ? undefined : Readable.from(texts, body));
  }
}
