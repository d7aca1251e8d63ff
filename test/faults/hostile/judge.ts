import { statusOfCode } from '#test/support/answers.js';
import type { HttpAnswer } from '#test/support/http.js';
import type { Contract } from '#test/support/openapi.js';

import type { HostileRequest } from './requests.js';

/** A text that stands in the data, and for whose eyes it is. */
export interface Secret {
  readonly text: string;
  readonly for: readonly string[];
}

/** What gives a service's inside away. */
const INSIDE =
  /node_modules|\bat [\w.]+ \(|\.js:\d+|SQLITE|SELECT .* FROM|events\.db|signing-key|TypeError|RangeError/;

/** In what an answer to a hostile request is not as it must be; null where it is. */
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
  return isOpen(method, path) ? null : `status ${status} where there is no route`;
}

/** What may be asked for beside the API: health and documentation. HEAD goes where GET goes. */
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
