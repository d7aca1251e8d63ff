import type { Page, TicketItem } from '#test/support/answers.js';
import type { Client } from '#test/support/client.js';
import type { HttpAnswer } from '#test/support/http.js';
import { memoryOf } from '#test/support/metrics.js';
import { creation } from '#test/support/tickets.js';
import { pause } from '#test/support/until.js';

/** What someone in another organisation noticed of an attack. */
export interface Experience {
  readonly latenciesMs: number[];
  readonly visibleMs: number[];
  readonly memoryBytes: number[];
  readonly failures: string[];
}

const PAUSE_MS = 5;
const PATIENCE_MS = 30_000;

/** Reads, creates tickets and looks for them, one request after the other, until a promise resolves. */
export async function bystand(client: Client, end: Promise<unknown>): Promise<Experience> {
  const seen: Experience = { latenciesMs: [], visibleMs: [], memoryBytes: [], failures: [] };
  const over = new AbortController();
  const stop = () => {
    over.abort();
  };
  end.then(stop, stop);
  const timed = async <Answer extends HttpAnswer>(status: number, once: () => Promise<Answer>) => {
    const since = performance.now();
    const answer = await once();
    seen.latenciesMs.push(performance.now() - since);
    if (answer.status !== status) seen.failures.push(`got ${answer.status}: ${answer.text}`);
    return answer;
  };
  while (!over.signal.aborted && seen.failures.length === 0) {
    const created = await timed(201, () => client.post('/tickets', creation()));
    const since = performance.now();
    while (performance.now() - since < PATIENCE_MS) {
      const { body } = await timed(200, () => client.get<Page<TicketItem>>('/tickets?limit=5'));
      if (body.items.some(({ ticketId }) => ticketId === created.body.ticketId)) break;
      await pause(PAUSE_MS);
    }
    seen.visibleMs.push(performance.now() - since);
    await timed(200, () => client.get(`/tickets/${created.body.ticketId}`));
    seen.memoryBytes.push(await memoryOf(client.url));
    await pause(PAUSE_MS);
  }
  return seen;
}
