import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';

/** Documents the request headers of every command. */
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
      description: 'The revision that you expect, in quotes, or *.',
      schema: { type: 'string', pattern: '^([*]|"[0-9]{1,15}")$', example: '"5"' },
    }),
    ApiHeader({
      name: 'X-Correlation-Id',
      required: false,
      description: 'Your own id for the work that this command is part of; its events keep it.',
      schema: { type: 'string', pattern: '^[A-Za-z0-9_.:/+=-]{1,128}$' },
    }),
  );
