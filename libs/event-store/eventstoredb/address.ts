/** A parsed connection string: where an EventStoreDB is, and how to connect to it. */
export interface EventStoreAddress {
  /** How the cluster's leader is found. A single host is used directly. */
  readonly discover: 'no' | 'by name' | 'by gossip';
  readonly hosts: readonly [Host, ...Host[]];
  readonly tls: boolean;
  /** A file with CA certificates to verify the server's; null for the system's CAs. */
  readonly caFile: string | null;
  /** A client certificate and its key. */
  readonly userCertificate: { readonly certFile: string; readonly keyFile: string } | null;
  readonly credentials: { readonly username: string; readonly password: string } | null;
  readonly numbers: Readonly<Partial<Record<NumberOption, number>>>;
  readonly connectionName: string;
}

export interface Host {
  readonly address: string;
  readonly port: number;
}

const NUMBER_OPTIONS = [
  'discoveryInterval',
  'gossipTimeout',
  'keepAliveInterval',
  'keepAliveTimeout',
  'maxDiscoverAttempts',
] as const;
type NumberOption = (typeof NUMBER_OPTIONS)[number];

const OPTIONS = [
  ...NUMBER_OPTIONS,
  'connectionName',
  'nodePreference',
  'tls',
  'tlsCAFile',
  'tlsVerifyCert',
  'userCertFile',
  'userKeyFile',
] as const;
type Option = (typeof OPTIONS)[number];

const DEFAULT_PORT = 2113;

/**
 * Reads a connection string such as `esdb://user:password@host:2113?tlsCAFile=/certs/ca.crt`. The
 * client's own parser prints unknown parts, passwords included; this one never does.
 *
 * @throws Error with the reason and the remedy, without the string: it may contain a password.
 */
export function parseEventStoreUrl(text: string): EventStoreAddress {
  const parts =
    /^(?:esdb|kurrentdb|kdb)(?<discover>\+discover)?:\/\/(?:(?<user>[^/?]*)@)?(?<hosts>[^/?@]+)\/?(?:\?(?<options>.*))?$/.exec(
      text.trim(),
    )?.groups;
  if (parts === undefined) {
    throw new Error(
      'it is not an EventStoreDB connection string. Use one such as esdb://user:password@host:2113 or esdb+discover://cluster.example:2113, with special characters of a password percent-encoded, or unset it to keep the log in the data folder.',
    );
  }
  const options = parseOptions(parts['options'] ?? '');
  return {
    ...placeOf(parts['hosts'] ?? '', parts['discover'] !== undefined),
    tls: booleanOf(options, 'tls') ?? true,
    caFile: options.get('tlsCAFile') ?? null,
    userCertificate: userCertificateOf(options),
    credentials: parts['user'] === undefined ? null : parseCredentials(parts['user']),
    numbers: numbersOf(options),
    connectionName: options.get('connectionName') ?? 'service-tickets',
  };
}

function placeOf(text: string, byName: boolean): Pick<EventStoreAddress, 'discover' | 'hosts'> {
  const [first, ...more] = text.split(',').map(parseHost);
  if (first === undefined) throw new Error('it has no host. Add one, such as host:2113.');
  if (byName && more.length > 0) {
    throw new Error('with +discover it must have one host: the DNS name of the cluster.');
  }
  const among = more.length > 0 ? 'by gossip' : 'no';
  return { discover: byName ? 'by name' : among, hosts: [first, ...more] };
}

function parseHost(text: string): Host {
  const [, address, port] = /^([a-z0-9._-]+)(?::(\d{1,5}))?$/i.exec(text.trim()) ?? [];
  if (address === undefined || Number(port ?? 0) > 65_535) {
    throw new Error(
      'one of its hosts is not a name or IPv4 address with a port, such as host:2113.',
    );
  }
  return { address, port: Number(port ?? DEFAULT_PORT) };
}

function parseCredentials(text: string): EventStoreAddress['credentials'] {
  const [, username, password] = /^([^:]+):([^:]+)$/.exec(text) ?? [];
  try {
    if (username !== undefined && password !== undefined) {
      return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
    }
  } catch {
    // Invalid percent-encoding: the original error would show the password.
  }
  throw new Error(
    'the part before @ is not user:password with special characters percent-encoded (":" is %3A, "%" is %25).',
  );
}

/** Option names are compared without case, - and _, like in the client. */
const flat = (name: string): string => name.trim().toLowerCase().replaceAll(/[_-]/g, '');

function parseOptions(text: string): ReadonlyMap<Option, string> {
  const options = new Map<Option, string>();
  for (const pair of text.split('&').filter((part) => part !== '')) {
    const [name = '', value = ''] = pair.split('=');
    const option = OPTIONS.find((known) => flat(known) === flat(name));
    // The name is not shown: it may be the end of a password with an unencoded ?.
    if (option === undefined || value === '') {
      throw new Error(
        `one of its options is unknown, or has no value. Options: ${OPTIONS.join(', ')}.`,
      );
    }
    options.set(option, decoded(option, value));
  }
  if (options.get('tlsVerifyCert') === 'false') {
    throw new Error('tlsVerifyCert: certificates are always verified. Set tlsCAFile to the CA.');
  }
  if (flat(options.get('nodePreference') ?? 'leader') !== 'leader') {
    throw new Error(
      'nodePreference: it must be leader. A follower may lag behind acknowledged events.',
    );
  }
  return options;
}

function decoded(option: Option, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new Error(`${option}: its value has invalid percent-encoding.`);
  }
}

function booleanOf(options: ReadonlyMap<Option, string>, name: Option): boolean | undefined {
  const text = options.get(name);
  if (text === undefined || text === 'true' || text === 'false') {
    return text === undefined ? undefined : text === 'true';
  }
  throw new Error(`${name}: it must be true or false.`);
}

function userCertificateOf(
  options: ReadonlyMap<Option, string>,
): EventStoreAddress['userCertificate'] {
  const [certFile, keyFile] = [options.get('userCertFile'), options.get('userKeyFile')];
  if (certFile === undefined && keyFile === undefined) return null;
  if (certFile === undefined || keyFile === undefined) {
    throw new Error('userCertFile and userKeyFile go together. Set both.');
  }
  return { certFile, keyFile };
}

function numbersOf(options: ReadonlyMap<Option, string>): EventStoreAddress['numbers'] {
  const numbers: Partial<Record<NumberOption, number>> = {};
  for (const name of NUMBER_OPTIONS) {
    const text = options.get(name);
    if (text === undefined) continue;
    if (!/^(-1|\d{1,9})$/.test(text)) throw new Error(`${name}: it must be a whole number.`);
    numbers[name] = Number(text);
  }
  return numbers;
}
