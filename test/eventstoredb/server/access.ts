import type { Metadata } from '@grpc/grpc-js';
import { accessDenied, unauthenticated, type Refusal } from './refusals.js';
import { describedBy } from './stream.js';

/** Names and passwords. */
export type Users = Readonly<Record<string, string>>;

/** A user that was created. It may sign in only if the settings name it, too. */
export interface User {
  readonly loginName: string;
  readonly password: string;
  readonly groups: readonly string[];
}

export interface AccessSettings {
  /** Users with all rights; null if no credentials are required. */
  readonly admins: Users | null;
  /** Users who may read and write streams, but neither `$all` nor names beginning with `$`. */
  readonly ordinaryUsers: Users;
}

export const ALL = '$all';

/** The refusal of a call on a stream or on `$all`; null if it is allowed. */
export function accessRefusal(
  { admins, ordinaryUsers }: AccessSettings,
  metadata: Metadata,
  stream: string,
): Refusal | null {
  if (admins === null) return null;
  const [authorization] = metadata.get('authorization');
  // By default anonymous users have no rights.
  if (authorization === undefined) return accessDenied();
  const credentials = credentialsIn(String(authorization));
  if (isOneOf(admins, credentials)) return null;
  if (!isOneOf(ordinaryUsers, credentials)) return unauthenticated();
  return (describedBy(stream) ?? stream).startsWith('$') ? accessDenied() : null;
}

interface Credentials {
  readonly name: string;
  readonly password: string | undefined;
}

function credentialsIn(authorization: string): Credentials {
  const token = authorization.replace(/^Basic /u, '');
  const [name = '', password] = Buffer.from(token, 'base64').toString('utf8').split(/:(.*)/su);
  return { name, password };
}

const isOneOf = (users: Users, { name, password }: Credentials): boolean =>
  Object.hasOwn(users, name) && users[name] === password;
