import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { API } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { metricsOf } from '#test/support/metrics.js';
import { raise } from '#test/support/tickets.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  await raise(desk);
});
afterAll(() => desk.close());

async function memoryMb(): Promise<number> {
  return ((await metricsOf(desk.url)).get('process_resident_memory_bytes') ?? 0) / 2 ** 20;
}

/** A list with its own filters and number of words. */
function queryOf(n: number): string {
  const chosen = (name: string, bit: number, value: string): [string, string][] =>
    (n >> bit) % 2 === 1 ? [[name, value]] : [];
  const words = Array.from({ length: 1 + (n % 125) }, (_, word) => `${(n + word) % 999}`);
  return new URLSearchParams([
    ...chosen('service', 0, `service-${n}`),
    ...chosen('handler', 1, `handler-${n}`),
    ...chosen('requester', 2, `requester-${n}`),
    ...chosen('tenant', 3, `tenant-${n}`),
    ...chosen('owner', 4, `owner-${n}`),
    ...chosen('severity', 5, 'high'),
    ...chosen('createdFrom', 6, '2026-01-01T00:00:00Z'),
    ['sort', n % 2 === 0 ? 'createdAt' : '-updatedAt'],
    ['q', words.join(' ')],
  ]).toString();
}

it('lists with ever new filters and words do not take ever more memory', async () => {
  const list = async (from: number, to: number) => {
    for (let n = from; n < to; n++) {
      const path = `${API}/tickets?${queryOf(n)}`;
      const headers = { authorization: `Bearer ${desk.tokens.bob}` };
      const { status } = await fetch(desk.url + path, { headers });
      expect(status).toBe(200);
    }
  };
  await list(0, 150);
  const before = await memoryMb();
  await list(150, 900);
  expect((await memoryMb()) - before).toBeLessThan(40);
});
