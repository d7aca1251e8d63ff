import { randomUUID } from 'node:crypto';
import { connect as connectPlain, type Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { connect as connectTls } from 'node:tls';
import type { EventStoreAddress, Host } from './address.js';
import { AppendChannel } from './append-channel.js';
import { Connection } from './connection.js';
import { within, wordsOf } from './errors.js';

/** The time limit of all checks together, and of the connection to one host. */
const CHECKS_TIMEOUT_MS = 9_000;
const HOST_TIMEOUT_MS = 3_000;

/** The first version that reports its features. */
const FIRST_VERSION = '21.10';

/** The event store cannot be used. The message has the reason and the remedy, and no password. */
export class UnusableEventStore extends Error {
  override readonly name = 'UnusableEventStore';
}

/**
 * Connects, and checks within ten seconds that the log can be used.
 *
 * @throws UnusableEventStore if it cannot.
 */
export async function checkedBeforeUse(
  address: EventStoreAddress,
  purpose: 'to read' | 'to append',
): Promise<Connection> {
  const connection = connectionTo(address);
  try {
    await within(CHECKS_TIMEOUT_MS, 'used', check(connection, purpose));
    return connection;
  } catch (error) {
    // Report why it cannot be used, not that closing failed as well.
    await within(HOST_TIMEOUT_MS, 'left', connection.close()).catch(() => undefined);
    throw error instanceof UnusableEventStore
      ? error
      : unusable(address, wordsOf(error), remedyFor(error, address));
  }
}

function connectionTo(address: EventStoreAddress): Connection {
  try {
    return new Connection(address);
  } catch (error) {
    throw unusable(
      address,
      wordsOf(error),
      'Check the files in tlsCAFile, userCertFile and userKeyFile.',
    );
  }
}

async function check(connection: Connection, purpose: 'to read' | 'to append'): Promise<void> {
  const { address } = connection;
  await someHostAnswers(address);
  const server = await connection.server();
  if (server === null || !server.appendsInBatches) {
    throw unusable(
      address,
      `the server is too old${server === null ? '' : ` (${server.version})`}`,
      `Use EventStoreDB ${FIRST_VERSION} or later, or KurrentDB.`,
    );
  }
  await mayReadAll(connection);
  if (purpose === 'to append') await mayAppend(connection);
}

/** Checks that at least one host accepts connections, with a valid certificate if TLS is on. */
async function someHostAnswers(address: EventStoreAddress): Promise<void> {
  const probes = address.hosts.map((host) => probe(host, address));
  const failures = await Promise.all(
    probes.map((probed) =>
      probed.then(
        () => null,
        (error: unknown) => error,
      ),
    ),
  );
  if (failures.includes(null)) return;
  throw failures[0];
}

function probe({ address: host, port }: Host, address: EventStoreAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = address.tls
      ? connectTls({
          host,
          port,
          servername: host,
          ALPNProtocols: ['h2'],
          ...(address.caFile === null ? {} : { ca: readFileSync(address.caFile) }),
        })
      : connectPlain({ host, port });
    const done = (error?: Error) => {
      socket.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    socket.setTimeout(HOST_TIMEOUT_MS, () => {
      done(new Error(`${host}:${port} does not answer`));
    });
    socket.once(address.tls ? 'secureConnect' : 'connect', () => {
      done();
    });
    socket.once('error', done);
  });
}

async function mayReadAll(connection: Connection): Promise<void> {
  const reading = connection.readAll({
    direction: 'backwards',
    fromPosition: 'end',
    maxCount: 1,
    requiresLeader: true,
  });
  const read = await reading.toArray();
  if (read.length > 1) throw new Error('it returned more events than requested');
}

/** Tries an append that must fail by its expected revision: a missing permission fails first. */
async function mayAppend(connection: Connection): Promise<void> {
  const channel = new AppendChannel(connection);
  try {
    await channel.send(
      {
        stream: `permission-${randomUUID()}`,
        expectedRevision: Number.MAX_SAFE_INTEGER,
        events: [
          {
            id: randomUUID(),
            type: 'PermissionChecked',
            data: Buffer.from('{}'),
            metadata: Buffer.from('{}'),
            hash: '',
          },
        ],
      },
      HOST_TIMEOUT_MS,
    );
  } finally {
    channel.close();
  }
}

const unusable = ({ hosts }: EventStoreAddress, what: string, remedy: string) =>
  new UnusableEventStore(
    `EVENTSTORE_URL: the event store at ${hosts.map(({ address, port }) => `${address}:${port}`).join(', ')} cannot be used: ${what}. ${remedy}`,
  );

function remedyFor(error: unknown, { tls, credentials }: EventStoreAddress): string {
  const { code, type } = error as { code?: string | number; type?: string };
  const words = `${String(code)} ${wordsOf(error)}`;
  const remedies: readonly [boolean, string][] = [
    [
      type === 'access-denied' || /access.?denied|unauthenticated|permission/i.test(words),
      credentials === null
        ? 'Set user and password, as in esdb://user:password@host:2113.'
        : 'Check user and password. The user must be allowed to read $all and to append to all streams.',
    ],
    [/ENOTFOUND|EAI_AGAIN|Name resolution/i.test(words), 'Check the host name.'],
    [
      /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|does not answer/i.test(words),
      'Check host and port, and that the server runs.',
    ],
    [
      /CERT|certificate|altname|self.signed|verify/i.test(words),
      "Set tlsCAFile to the CA of the server's certificate, and use a host name from the certificate.",
    ],
    [
      tls && /EPROTO|wrong version|ssl|ECONNRESET|socket hang up|disconnected/i.test(words),
      'If the server runs without TLS, set tls=false.',
    ],
    [!tls, 'If the server runs with TLS, remove tls=false.'],
  ];
  return (
    remedies.find(([fits]) => fits)?.[1] ??
    'Check the server, the network, and the connection string.'
  );
}
