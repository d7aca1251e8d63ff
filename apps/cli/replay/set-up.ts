import type { RetryingClient, Send } from './retrying-client.js';
import { CannotRun } from './cannot-run.js';
import type { DeskLog } from './desk-log.js';
import type { EngineerTemplate, Mapping } from './mapping.js';
import type { Person } from './plan.js';

/** The service's maximum number of owners. */
const MAX_OWNERS = 100;

const administrator: Person = { id: 'replay', role: 'admin' };

/**
 * The engineers of a desk: those named in the log, and those of the mapping, who rotate on
 * lines without a name.
 *
 * @throws CannotRun if they are too many to own a service.
 */
export function engineersOf(mapping: Mapping, log: DeskLog): readonly EngineerTemplate[] {
  const known = new Set(mapping.engineers.map(({ id }) => id));
  const named = log.resources
    .filter((id) => !known.has(id))
    .map((id, index) => ({ id, displayName: id, email: `named-${index + 1}@desk.example` }));
  const all = [...mapping.engineers, ...named];
  if (all.length <= MAX_OWNERS) return all;
  throw new CannotRun(
    `The log names ${log.resources.length} people and the mapping ${known.size}: a service has at most ${MAX_OWNERS} owners. Remove "resource" from the mapping's columns, or play a part of the log.`,
  );
}

/** Registers the engineers, the service and its owners. Equal entries are not changed. */
export async function setUp(
  client: RetryingClient,
  { service }: Mapping,
  engineers: readonly EngineerTemplate[],
): Promise<void> {
  const put = async (what: string, send: Send<unknown>) => {
    const answer = await client.call(administrator, send);
    if ('data' in answer) return;
    const { status, problem } = answer;
    throw new CannotRun(`The service refused ${what} (${status}): ${problem.detail}`);
  };
  for (const { id: engineerId, displayName, email } of engineers) {
    await put(`engineer "${engineerId}"`, (api, headers) =>
      api.PUT('/api/v1/engineers/{engineerId}', {
        headers,
        params: { path: { engineerId } },
        body: { displayName, email },
      }),
    );
  }
  const params = { path: { serviceId: service.id } };
  await put(`service "${service.id}"`, (api, headers) =>
    api.PUT('/api/v1/services/{serviceId}', { headers, params, body: { name: service.name } }),
  );
  const engineerIds = engineers.map(({ id }) => id);
  await put(`the owners of service "${service.id}"`, (api, headers) =>
    api.PUT('/api/v1/services/{serviceId}/owners', { headers, params, body: { engineerIds } }),
  );
}
