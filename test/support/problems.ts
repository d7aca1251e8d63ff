import { expect } from '@jest/globals';
import { statusOfCode, type ProblemDetails } from './answers.js';
import type { HttpAnswer } from './http.js';

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
