import { expect } from '@jest/globals';
import type { ProblemDetails } from './answers.js';
import type { HttpAnswer } from './http.js';

/** Each code of problem details with its status. */
export const statusOfCode: Readonly<Record<string, number>> = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  illegal_transition: 409,
  already_handled: 409,
  ticket_closed: 409,
  revision_mismatch: 412,
  payload_too_large: 413,
  idempotency_key_reused: 422,
  unknown_service: 422,
  inactive_service: 422,
  unknown_engineer: 422,
  agreement_required: 422,
  sensitive_content: 422,
  attachment_rejected: 422,
  too_many_requests: 429,
  unavailable: 503,
};

/** Expects problem details with a code and the status that goes with it, and hands them out. */
export function expectProblem(answer: HttpAnswer, code: string): ProblemDetails {
  const problem = problemOf(answer);
  expect({ code: problem.code, status: answer.status }).toEqual({
    code,
    status: statusOfCode[code],
  });
  return problem;
}

/** Problem details as RFC 9457 has them, whatever they are about. */
export function problemOf(answer: HttpAnswer): ProblemDetails {
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json\b/);
  const problem = JSON.parse(answer.text) as ProblemDetails;
  expect(problem).toMatchObject({
    type: expect.stringMatching(/\S/),
    title: expect.stringMatching(/\S/),
    status: answer.status,
    detail: expect.stringMatching(/\S/),
    code: expect.stringMatching(/^[a-z_]+$/),
  });
  return problem;
}

/** The JSON pointers that a problem names, each once. */
export const pointersOf = ({ errors = [] }: ProblemDetails): string[] =>
  [...new Set(errors.map(({ pointer }) => pointer))].sort();
