import { ApiPropertyOptional } from '@nestjs/swagger';
import { OneOf } from '../openapi/answer-members.js';
import type { PartHealth } from './part-health.js';

/** The answer of `GET /health/live`. */
export class LiveAnswer {
  @OneOf(['ok'])
  readonly status!: 'ok';
}

/** The answer of `GET /health/ready`. */
export class ReadyAnswer {
  @OneOf(['ok', 'degraded', 'unavailable'])
  readonly status!: PartHealth['state'];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description:
      'The state of each part in words: only on loopback, on OPERATIONS_PORT, or for an admin.',
    example: { log: 'ok', consumers: 'ok' },
  })
  readonly parts?: Readonly<Record<string, string>>;
}
