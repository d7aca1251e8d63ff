/**
 * Run by Node.js in an image of an app, once the EventStoreDB nodes of EVENTSTORE_ADMIN_URL are up:
 * makes the user `tickets` with EVENTSTORE_PASSWORD, unless it is there, and lets it read $all.
 *
 * It is in no group. By default every user may read, append to and delete streams whose names do not
 * begin with $; system streams, users, settings and the server's operation stay closed to it.
 */
import { EventStoreDBClient } from '@eventstore/db-client';
import { UsersClient } from '@eventstore/db-client/generated/users_grpc_pb.js';
import users from '@eventstore/db-client/generated/users_pb.js';
import { status } from '@grpc/grpc-js';

const { EVENTSTORE_ADMIN_URL, EVENTSTORE_PASSWORD } = process.env;

function requestForUser() {
  const options = new users.CreateReq.Options();
  options.setLoginName('tickets');
  options.setFullName('The service of tickets');
  options.setPassword(EVENTSTORE_PASSWORD);
  const request = new users.CreateReq();
  request.setOptions(options);
  return request;
}

/** Asks the leader, as the client does for its own calls. */
const createUser = (client) =>
  client.execute(
    UsersClient,
    'createUser',
    (service) =>
      new Promise((resolve, reject) => {
        const args = client.callArguments({ requiresLeader: true }, {});
        service.create(requestForUser(), ...args, (error) => {
          if (error === null || error.code === status.ALREADY_EXISTS) resolve();
          else reject(error);
        });
      }),
  );

const client = EventStoreDBClient.connectionString(EVENTSTORE_ADMIN_URL);
await createUser(client);
await client.setStreamMetadata('$all', { acl: { readRoles: ['$admins', 'tickets'] } });
process.exit();
