/** Where an EventStoreDB is, and how to speak to it: what a connection string says. */
export interface EventStoreAddress {
  /** Whether the hosts are asked who the cluster's leader is. One host alone is spoken to directly. */
  readonly discover: 'no' | 'by name' | 'by gossip';
  readonly hosts: readonly [Host, ...Host[]];
  readonly tls: boolean;
  /** A file with the certificates that the server's is verified by; the system's where null. */
  readonly caFile: string | null;
  /** A certificate and its key, by which the server knows the user. */
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
 * client's own parser prints what it does not know, password and all; this one never does.
 *
 * @throws Error that says what is wrong and what to do, without the string: it may hold a password.
 */
export function parseEventStoreUrl(text: string): EventStoreAddress {
  const parts =
    /^(?:esdb|kurrentdb|kdb)(?<discover>\+discover)?:\/\/(?:(?<user>[^/?]*)@)?(?<hosts>[^/?@]+)\/?(?:\?(?<options>.*))?$/.exec(
      text.trim(),
    )?.groups;
  if (parts === undefined) {
    throw new Error(
      'it is not an EventStoreDB connection string. Give one such as esdb://user:password@host:2113 or esdb+discover://cluster.example:2113, with special characters of a password percent-encoded, or unset it to keep the log in the data folder.',
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
  if (first === undefined) throw new Error('it names no host.');
  if (byName && more.length > 0) {
    throw new Error('with +discover it names one host: the name that stands for the cluster.');
  }
  const among = more.length > 0 ? 'by gossip' : 'no';
  return { discover: byName ? 'by name' : among, hosts: [first, ...more] };
}

function parseHost(text: string): Host {
  const [, address, port] = /^([a-z0-9._-]+)(?::(\d{1,5}))?$/i.exec(text.trim()) ?? [];
  if (address === undefined || Number(port ?? 0) > 65_535) {
    throw new Error('one of its hosts is no name or IPv4 address with a port, such as host:2113.');
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
    // A % that encodes nothing: told like the rest, for the client's own words would show it.
  }
  throw new Error(
    'before its @ stands no user:password with special characters percent-encoded (":" is %3A, "%" is %25).',
  );
}

/** Names are compared without case, - and _, as the client does. */
const flat = (name: string): string => name.trim().toLowerCase().replaceAll(/[_-]/g, '');

function parseOptions(text: string): ReadonlyMap<Option, string> {
  const options = new Map<Option, string>();
  for (const pair of text.split('&').filter((part) => part !== '')) {
    const [name = '', value = ''] = pair.split('=');
    const option = OPTIONS.find((known) => flat(known) === flat(name));
    // A name that is not known may be the end of a password in which a ? was not encoded.
    if (option === undefined || value === '') {
      throw new Error(
        `one of its options is not known, or has no value. There are ${OPTIONS.join(', ')}.`,
      );
    }
    options.set(option, decoded(option, value));
  }
  if (options.get('tlsVerifyCert') === 'false') {
    throw new Error('tlsVerifyCert: certificates are always verified. Name the CA with tlsCAFile.');
  }
  if (flat(options.get('nodePreference') ?? 'leader') !== 'leader') {
    throw new Error(
      'nodePreference: it must be leader. A follower may not know yet what was answered already.',
    );
  }
  return options;
}

function decoded(option: Option, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new Error(`${option}: its value is not percent-encoded as it should be.`);
  }
}

function booleanOf(options: ReadonlyMap<Option, string>, name: Option): boolean | undefined {
  const text = options.get(name);
  if (text === undefined || text === 'true' || text === 'false') {
    return text === undefined ? undefined : text === 'true';
  }
  throw new Error(`${name}: it is true or false.`);
}

function userCertificateOf(
  options: ReadonlyMap<Option, string>,
): EventStoreAddress['userCertificate'] {
  const [certFile, keyFile] = [options.get('userCertFile'), options.get('userKeyFile')];
  if (certFile === undefined && keyFile === undefined) return null;
  if (certFile === undefined || keyFile === undefined) {
    throw new Error('userCertFile and userKeyFile go together.');
  }
  return { certFile, keyFile };
}

function numbersOf(options: ReadonlyMap<Option, string>): EventStoreAddress['numbers'] {
  const numbers: Partial<Record<NumberOption, number>> = {};
  for (const name of NUMBER_OPTIONS) {
    const text = options.get(name);
    if (text === undefined) continue;
    if (!/^(-1|\d{1,9})$/.test(text)) throw new Error(`${name}: it is a whole number.`);
    numbers[name] = Number(text);
  }
  return numbers;
}
