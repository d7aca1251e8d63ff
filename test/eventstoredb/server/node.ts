import { randomUUID } from 'node:crypto';
import type { Metadata } from '@grpc/grpc-js';
import { accessRefusal, type AccessSettings, type User } from './access.js';
import type { Connections } from './connections.js';
import type { EventLog } from './event-log.js';
import { Faults, refusalOf } from './faults.js';
import { notLeader, type Refusal } from './refusals.js';

/** The context of a call. */
export interface Call {
  readonly metadata: Metadata;
  getPeer(): string;
}

export interface NodeSettings extends AccessSettings {
  /** Bytes; EventStoreDB's own default is 1 MiB. */
  readonly maximumAppendBytes: number;
  readonly version: string;
  /** Whether the server reports its features; very old ones do not. */
  readonly reportsFeatures: boolean;
  /** Whether it supports `BatchAppend`; servers before 21.10 do not. */
  readonly batchAppend: boolean;
}

/** The shared state of a server's handlers. */
export class Node {
  readonly id = randomUUID();
  readonly faults = new Faults();
  readonly users: User[] = [];
  /** The leader, for calls that need it; null if this node is the leader. */
  leader: Node | null = null;

  constructor(
    readonly log: EventLog,
    readonly connections: Connections,
    readonly settings: NodeSettings,
  ) {}

  /** Answers or refuses a call, or applies a fault to it. */
  serve(call: Call, stream: string, answer: () => void, refuse: (refusal: Refusal) => void): void {
    const { faults } = this;
    if (faults.silent) return;
    const failure = faults.takeFailure();
    const refusal =
      failure === undefined
        ? (this.accessRefusal(call, stream) ?? this.followerRefusal(call))
        : refusalOf(failure);
    faults.delayed(() => {
      if (refusal === null) answer();
      else refuse(refusal);
    });
  }

  accessRefusal(call: Call, stream: string): Refusal | null {
    return accessRefusal(this.settings, call.metadata, stream);
  }

  followerRefusal(call: Call): Refusal | null {
    if (this.leader === null || call.metadata.get('requires-leader')[0] !== 'true') return null;
    return notLeader('127.0.0.1', this.leader.connections.port);
  }
}
