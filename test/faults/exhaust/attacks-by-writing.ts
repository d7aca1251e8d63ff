import { API, Client } from '#test/support/client.js';
import { postHead, RawConnection } from '#test/support/raw-connection.js';
import { creation } from '#test/support/tickets.js';
import { pause } from '#test/support/until.js';
import type { Random } from '../random.js';
import { inLoops, type Attack } from './attack.js';

/** Attacks by bodies and commands. */
export const attacksByWriting = {
  'bodies without a token': async ({ url }, _random, signal) => {
    const head = postHead(`${API}/commands`, { ...ndjson, 'content-length': 16 * MIB });
    await inLoops(100, signal, () => holdBody(url, head, signal));
  },

  'bodies with a token': async ({ url, token }, _random, signal) => {
    const authorization = `Bearer ${token}`;
    const batch = postHead(`${API}/commands`, {
      authorization,
      ...ndjson,
      'content-length': 16 * MIB,
    });
    const single = postHead(`${API}/tickets`, {
      authorization,
      'content-type': 'application/json',
      'transfer-encoding': 'chunked',
    });
    await Promise.all([
      inLoops(100, signal, () => holdBody(url, batch, signal)),
      inLoops(100, signal, () => holdBody(url, single, signal)),
    ]);
  },

  'floods of words': async ({ url, token }, random, signal) => {
    const client = new Client(url, token);
    await inLoops(4, signal, async () => {
      await client.batch(Array.from({ length: 50 }, () => wordy(random)));
    });
  },

  batches: async ({ url, token, ticketId }, _random, signal) => {
    const client = new Client(url, token);
    const lines = Array.from({ length: 1_000 }, (_, line) =>
      line % 2 === 0
        ? { command: 'messages', ticketId, message: `again ${line}` }
        : { command: 'cancel', ticketId: 'none' },
    );
    await inLoops(8, signal, () => client.batch(lines));
  },

  'a whole tenant': async ({ url, tenantTokens }, random, signal) => {
    const loopsOf = (token: string) => {
      const client = new Client(url, token);
      return inLoops(2, signal, () => client.batch([wordy(random), wordy(random)]));
    };
    await Promise.all(tenantTokens.map(loopsOf));
  },
} as const satisfies Readonly<Record<string, Attack>>;

const MIB = 1024 * 1024;
const ndjson = { 'content-type': 'application/x-ndjson' };

const wordy = (random: Random) => ({
  command: 'create',
  ...creation({ description: oddWords(random) }),
});

/** Sends a body as far as it is read, and never its end, until the connection is closed. */
async function holdBody(url: string, head: string, signal: AbortSignal): Promise<void> {
  const connection = new RawConnection(url);
  await connection.send(head);
  const part = Buffer.alloc(64 * 1024, 'x');
  for (let sent = 0; sent < 15 * MIB && connection.status === null; sent += part.length) {
    await connection.send(part);
    if (signal.aborted) break;
  }
  while (connection.isOpen && !signal.aborted) await pause(20);
  connection.cut();
}

/** 5,000 different words of one letter each. */
function oddWords(random: Random): string {
  const first = random.between(0x4e00, 0x8a00);
  return Array.from({ length: 5_000 }, (_, word) => String.fromCodePoint(first + word))
    .join(' ')
    .slice(0, 10_000);
}
