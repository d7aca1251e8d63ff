import type { OpenAPIObject } from '@nestjs/swagger';
import type { ProblemCode } from '../problems/problem.js';
import { requestSchemas } from '../validation/schemas.js';
import { addAnswerHeaders } from './answer-headers.js';
import { PROBLEMS, ROLES } from './api-problems.js';
import { addExamples } from './examples.js';
import { takeExtension, takesIdempotencyKey, type Operation } from './operation.js';
import { problemResponses, problemSchema } from './problem-responses.js';
import { tagsOf } from './tags.js';
import { removeUnusedSchemas } from './unused-schemas.js';

type Components = NonNullable<OpenAPIObject['components']>;

/** Adds request schemas, problems, headers, roles and tags to Nest's document. */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  const components = (document.components ??= {});
  components.schemas = {
    ...components.schemas,
    ...(requestSchemas() as NonNullable<Components['schemas']>),
    Problem: problemSchema as never,
  };
  const tags = new Set<string>();
  for (const [path, { get, put, post }] of Object.entries(document.paths)) {
    for (const operation of [get, put, post]) {
      if (operation === undefined) continue;
      addProblems(path, operation, components);
      addAnswerHeaders(operation);
      describeRoles(operation);
      for (const tag of operation.tags ?? []) tags.add(tag);
    }
  }
  document.tags = tagsOf(tags);
  removeUnusedSchemas(document);
  addExamples(document);
  return document;
}

function addProblems(path: string, operation: Operation, components: Components): void {
  const declared = takeExtension(operation, PROBLEMS) as readonly ProblemCode[];
  const problems = problemResponses([...problemsByForm(path, operation), ...declared]);
  operation.responses = { ...problems.byStatus, ...operation.responses };
  components.responses = {
    ...components.responses,
    ...(problems.components as Components['responses']),
  };
}

/** The problems that follow from whether an operation is public, has a body, or is a command. */
function problemsByForm(path: string, operation: Operation): ProblemCode[] {
  const codes: ProblemCode[] = ['internal_error'];
  if (operation.security?.length === 0) return codes;
  codes.push('too_many_requests', 'headers_too_large');
  codes.push('invalid_request', 'unauthenticated', 'forbidden', 'unavailable', 'history_damaged');
  if (path.includes('{')) codes.push('not_found');
  if (operation.requestBody !== undefined)
    codes.push('payload_too_large', 'request_timeout', 'unsupported_media_type');
  if (takesIdempotencyKey(operation)) codes.push('idempotency_key_reused', 'revision_mismatch');
  return codes;
}

function describeRoles(operation: Operation): void {
  const roles = takeExtension(operation, ROLES);
  const access = roles.length === 0 ? 'Needs no token.' : `Roles: ${roles.join(', ')}.`;
  const { description = '' } = operation;
  operation.description = `${description} ${access}`.trim();
}
