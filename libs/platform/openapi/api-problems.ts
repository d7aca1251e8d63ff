import { ApiExtension } from '@nestjs/swagger';
import type { ProblemCode } from '../problems/problem.js';

/** The extensions that decorators leave on an operation for `complete-document.ts`. */
export const PROBLEMS = 'x-problems';
export const ROLES = 'x-roles';

/** Documents the problems of an operation, besides those derived from its shape. */
export const ApiProblems = (...codes: readonly ProblemCode[]): MethodDecorator =>
  ApiExtension(PROBLEMS, codes);

/** Documents the roles that may call an operation. */
export const ApiRoles = (...roles: readonly string[]): MethodDecorator =>
  ApiExtension(ROLES, roles);
