import { randomUUID } from 'node:crypto';
import { connect as connectPlain, type Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { connect as connectTls } from 'node:tls';
import type { EventStoreAddress, Host } from './address.js';
import { AppendChannel } from './append-channel.js';
import { Connection } from './connection.js';
import { within, wordsOf } from './errors.js';

/** All checks together take no longer than this, and the look at one host. */
const PATIENCE = 9_000;
const LOOK_MILLISECONDS = 3_000;

/** The first version that says what it is and what it can do. */
const FIRST_VERSION = '21.10';

/** The start cannot go on. The message says what is wrong and what to do; it has no password in it. */
export class UnusableEventStore extends Error {
  override readonly name = 'UnusableEventStore';
}

/**
 * Connects, and finds out within ten seconds whether the log can be used.
 *
 * @throws UnusableEventStore where it cannot.
 */
export async function checkedBeforeUse(
  address: EventStoreAddress,
  purpose: 'to read' | 'to append',
): Promise<Connection> {
  const connection = connectionTo(address);
  try {
    await within(PATIENCE, 'used', check(connection, purpose));
    return connection;
  } catch (error) {
    // What is told is why it cannot be used, and not that leaving it failed as well.
    await within(LOOK_MILLISECONDS, 'left', connection.close()).catch(() => undefined);
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
      'Look at the files that tlsCAFile, userCertFile and userKeyFile name.',
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

/** At least one host takes a connection, and its certificate verifies where there is to be one. */
async function someHostAnswers(address: EventStoreAddress): Promise<void> {
  const looks = address.hosts.map((host) => look(host, address));
  const failures = await Promise.all(
    looks.map((looked) =>
      looked.then(
        () => null,
        (error: unknown) => error,
      ),
    ),
  );
  if (failures.includes(null)) return;
  throw failures[0];
}

function look({ address: host, port }: Host, address: EventStoreAddress): Promise<void> {
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
    socket.setTimeout(LOOK_MILLISECONDS, () => {
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
  if (read.length > 1) throw new Error('it answers more than it was asked for');
}

/** An append that cannot succeed: what is refused first is who is not permitted to append. */
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
            type: 'PermissionLookedAt',
            data: Buffer.from('{}'),
            metadata: Buffer.from('{}'),
            hash: '',
          },
        ],
      },
      LOOK_MILLISECONDS,
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
        ? 'Give a user and a password, as in esdb://user:password@host:2113.'
        : 'Look at the user and the password; the user must be allowed to read $all and to append to all streams.',
    ],
    [/ENOTFOUND|EAI_AGAIN|Name resolution/i.test(words), 'Look at the name of the host.'],
    [
      /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|does not answer/i.test(words),
      'Look at host and port, and whether the server runs.',
    ],
    [
      /CERT|certificate|altname|self.signed|verify/i.test(words),
      'Name the file with the CA of its certificate by tlsCAFile, and the host as the certificate does.',
    ],
    [
      tls && /EPROTO|wrong version|ssl|ECONNRESET|socket hang up|disconnected/i.test(words),
      'If the server runs without TLS, say tls=false.',
    ],
    [!tls, 'If the server runs with TLS, leave tls=false out.'],
  ];
  return (
    remedies.find(([fits]) => fits)?.[1] ??
    'Look at the server, at what stands between it and here, and at the connection string.'
  );
}
