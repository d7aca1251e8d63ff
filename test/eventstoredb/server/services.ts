import { status, type sendUnaryData, type Server, type ServiceDefinition } from '@grpc/grpc-js';
import { append } from './append.js';
import { batchAppend } from './batch-append.js';
import { createUser } from './create-user.js';
import { deleteStream, tombstoneStream } from './deletions.js';
import { supportedMethods } from './features.js';
import { members } from './members.js';
import { featuresService, gossipService, streamsService, usersService } from './messages.js';
import type { Call, Node } from './node.js';
import { read } from './read.js';
import { serializeReadAnswer } from './read-answers.js';
import { withStatus } from './refusals.js';
import type { Subscription } from './subscription.js';

/** Adds the used services of EventStoreDB to a gRPC server. */
export function addServices(server: Server, node: Node, subscriptions: Set<Subscription>): void {
  const { StreamsService } = streamsService;
  const { settings } = node;
  const bind =
    <Called, Answer>(handle: (node: Node, call: Called, respond: sendUnaryData<Answer>) => void) =>
    (call: Called, respond: sendUnaryData<Answer>) => {
      handle(node, call, respond);
    };
  const definition = {
    ...StreamsService,
    read: { ...StreamsService.read, responseSerialize: serializeReadAnswer },
  } as unknown as ServiceDefinition;
  server.addService(definition, {
    append: bind(append),
    batchAppend: (call: Parameters<typeof batchAppend>[1]) => {
      batchAppend(node, call);
    },
    delete: bind(deleteStream),
    tombstone: bind(tombstoneStream),
    read: (call: Parameters<typeof read>[2]) => {
      read(node, subscriptions, call);
    },
  });
  server.addService(usersService.UsersService, { create: bind(createUser) });
  server.addService(gossipService.GossipService, { read: answering(node, () => members(node)) });
  server.addService(featuresService.ServerFeaturesService, {
    getSupportedMethods: answering(node, () =>
      settings.reportsFeatures ? supportedMethods(settings) : withStatus(status.UNIMPLEMENTED),
    ),
  });
}

/** Features and members need no credentials. */
const answering =
  <Answer>(node: Node, answer: () => Answer | Error) =>
  (_call: Call, respond: sendUnaryData<Answer>): void => {
    if (node.faults.silent) return;
    node.faults.delayed(() => {
      const made = answer();
      if (made instanceof Error) respond(made);
      else respond(null, made);
    });
  };
