import { status, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import type { CreateReq, CreateResp } from '@eventstore/db-client/generated/users_pb.js';
import { users } from './messages.js';
import type { Node } from './node.js';
import { accessRefusal } from './access.js';
import { withStatus } from './refusals.js';

/** Creates a user, as administrators may. */
export function createUser(
  { settings, users: known }: Node,
  { metadata, request }: ServerUnaryCall<CreateReq, CreateResp>,
  respond: sendUnaryData<CreateResp>,
): void {
  const refusal = accessRefusal(settings, metadata, '$users');
  const { loginName, password, groupsList } = request.getOptions()?.toObject() ?? NOBODY;
  if (refusal !== null) respond(refusal);
  else if (known.some((user) => user.loginName === loginName))
    respond(withStatus(status.ALREADY_EXISTS));
  else {
    known.push({ loginName, password, groups: groupsList });
    respond(null, new users.CreateResp());
  }
}

const NOBODY = { loginName: '', password: '', groupsList: [] };
