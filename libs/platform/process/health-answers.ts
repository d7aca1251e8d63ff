import { ApiProperty } from '@nestjs/swagger';
import type { PartHealth } from './part-health.js';

/** The answer of `GET /health/live`. */
export class LiveAnswer {
  @ApiProperty({ type: 'string', enum: ['ok'], example: 'ok' })
  readonly status!: 'ok';
}

/** The answer of `GET /health/ready`. */
export class ReadyAnswer {
  @ApiProperty({ type: 'string', enum: ['ok', 'degraded', 'unavailable'], example: 'ok' })
  readonly status!: PartHealth['state'];

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'The state of each part in words.',
    example: { log: 'ok', projector: 'ok' },
  })
  readonly parts!: Readonly<Record<string, string>>;
}
