import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';

/** The headers that every command takes, for the documentation. */
export const CommandHeaders = () =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'Makes a retry safe: the same key with the same request gets the first answer.',
      schema: { type: 'string', minLength: 1, maxLength: 128 },
    }),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The revision that you believe it to be at, in quotes.',
      schema: { type: 'string' },
    }),
  );
