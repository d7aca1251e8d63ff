import { expect } from '@jest/globals';
import { statusOfCode, type ProblemDetails } from './answers.js';
import type { HttpAnswer } from './http.js';

/** Expects problem details with a code and its status, and returns them. */
export function expectProblem(answer: HttpAnswer, code: string): ProblemDetails {
  const problem = problemOf(answer);
  expect({ code: problem.code, status: answer.status }).toEqual({
    code,
    status: statusOfCode[code],
  });
  return problem;
}

/** Expects valid problem details by RFC 9457. */
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
