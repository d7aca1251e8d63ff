/**
 * The messages and services of EventStoreDB's protocol, from the client package.
 * They are CommonJS modules without named exports, and imported as a whole.
 */
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import codes from '@eventstore/db-client/generated/code_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import users from '@eventstore/db-client/generated/users_pb.js';
import usersService from '@eventstore/db-client/generated/users_grpc_pb.js';

export {
  any,
  codes,
  empty,
  features,
  featuresService,
  gossip,
  gossipService,
  shared,
  statuses,
  streams,
  streamsService,
  users,
  usersService,
};
