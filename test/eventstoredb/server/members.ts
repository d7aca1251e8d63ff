import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import { gossip } from './messages.js';
import type { Node } from './node.js';
import { uuidAsText } from './uuids.js';

const TICKS_PER_MILLISECOND = 10_000;

/** The members of a cluster that a node reports: itself, and its leader if it is another node. */
export function members(node: Node): ClusterInfo {
  const { FOLLOWER, LEADER } = gossip.MemberInfo.VNodeState;
  const known = node.leader === null ? [node] : [node, node.leader];
  return new gossip.ClusterInfo().setMembersList(
    known.map((member) =>
      new gossip.MemberInfo()
        .setInstanceId(uuidAsText(member.id))
        .setTimeStamp(String(Date.now() * TICKS_PER_MILLISECOND))
        .setState(member.leader === null ? LEADER : FOLLOWER)
        .setIsAlive(true)
        .setHttpEndPoint(
          new gossip.EndPoint().setAddress('127.0.0.1').setPort(member.connections.port),
        ),
    ),
  );
}
