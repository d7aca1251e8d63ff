import { statusOfCode } from '#test/support/answers.js';
import type { HttpAnswer } from '#test/support/http.js';
import type { Contract } from '#test/support/openapi.js';

import type { HostileRequest } from './requests.js';

/** A text in the data, and the people who may read it. */
export interface Secret {
  readonly text: string;
  readonly for: readonly string[];
}

/** Texts that reveal internals of the service. */
const INSIDE =
  /node_modules|\bat [\w.]+ \(|\.js:\d+|SQLITE|SELECT .* FROM|events\.db|signing-key|TypeError|RangeError/;

/** The violation in an answer to a hostile request; null if there is none. */
export function breachOf(
  contract: Contract,
  secrets: readonly Secret[],
  { who, method, path }: HostileRequest,
  answer: HttpAnswer,
): string | null {
  const { status, headers, text } = answer;
  if (status === 503 && headers['retry-after'] === undefined) return '503 without Retry-After';
  if (status >= 500 && status !== 503) return `status ${status}: ${text}`;
  const leak = secrets.find((secret) => !secret.for.includes(who) && text.includes(secret.text));
  if (leak !== undefined) return `${who} was shown "${leak.text}"`;
  const route = contract.routeOf(method, path);
  if (status >= 400) {
    if (INSIDE.test(text)) return `the service's inside was shown: ${text.slice(0, 300)}`;
    const undocumented = route !== null && route.operation.responses[status] === undefined;
    return undocumented ? `status ${status} is not documented` : problemBreach(answer, method);
  }
  if (route !== null) return contract.breach(route, answer);
  return isOpen(method, path) ? null : `status ${status} for an unknown route`;
}

/** The routes besides the API: health and documentation. HEAD is routed like GET. */
const isOpen = (method: string, path: string): boolean =>
  method === 'HEAD' || /^\/(health|api\/docs|api\/openapi\.json|metrics)/.test(path);

function problemBreach({ status, headers, text }: HttpAnswer, method: string): string | null {
  const type = headers['content-type'] ?? 'nothing';
  if (!/^application\/problem\+json\b/.test(type)) return `status ${status} as ${type}: ${text}`;
  if (method === 'HEAD') return text === '' ? null : 'HEAD was answered with a body';
  const problem = JSON.parse(text) as Record<string, unknown>;
  const { code, title, detail } = problem;
  if (typeof code !== 'string' || statusOfCode[code] !== status || problem['status'] !== status) {
    return `status ${status} does not go with ${text.slice(0, 300)}`;
  }
  return [title, detail, problem['type']].every((member) => typeof member === 'string')
    ? null
    : `problem details without all that they need: ${text.slice(0, 300)}`;
}
