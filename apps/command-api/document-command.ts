import { applyDecorators, type Type } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { ApiProblems } from '#platform/openapi/api-problems.js';
import type { ProblemCode } from '#platform/problems/problem.js';
import { membersOf } from '#platform/validation/schemas.js';
import type { CommandAnswer } from './command-answer.js';

interface CommandDocumentation {
  readonly operationId: string;
  /** What the command does. */
  readonly summary: string;
  readonly answer: Type<CommandAnswer>;
  /** @default 200 */
  readonly status?: 200 | 201;
  /** The codes with which the domain may refuse the command. @default none */
  readonly problems?: readonly ProblemCode[];
}

/** Documents a command: what it does, its body, its headers, its answer and its problems. */
export function DocumentCommand(
  Request: Type<object>,
  { operationId, summary, answer, status = 200, problems = [] }: CommandDocumentation,
): MethodDecorator {
  const { properties = {}, required = [] } = membersOf(Request);
  const namesEngineers = 'engineerId' in properties || 'engineerIds' in properties;
  return applyDecorators(
    ApiOperation({ operationId, summary }),
    ApiBody({ type: Request, required: required.length > 0 }),
    ...headers.map((header) => ApiHeader({ ...header, required: false })),
    ApiResponse({ status, description: 'Accepted, and durable.', type: answer }),
    ApiProblems(...problems, ...(namesEngineers ? (['unknown_engineer'] as const) : [])),
  );
}

const headers = [
  {
    name: 'Idempotency-Key',
    description: 'Makes a retry safe: the same key with the same request gets the first answer.',
    schema: { type: 'string', minLength: 1, maxLength: 128 },
  },
  {
    name: 'If-Match',
    description:
      'The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches.',
    schema: { type: 'string', pattern: '^([*]|"[0-9]{1,15}"(, "[0-9]{1,15}")*)$', example: '"5"' },
  },
  {
    name: 'X-Correlation-Id',
    description: 'Your own id for the work that this command is part of; its events keep it.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9_.:/+=-]{1,128}$' },
  },
] as const;
