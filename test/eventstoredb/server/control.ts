import type { EventStoreDbServer } from './eventstoredb-server.js';
import type { AppendCut, Failure } from './faults.js';

/** The commands of a server process, by name. */
export type Commands = ReturnType<typeof commandsOf>;

export function commandsOf(server: EventStoreDbServer) {
  let follower: EventStoreDbServer | null = null;
  return {
    behave: () => {
      server.behave();
    },
    comeBack: () => server.comeBack(),
    cutConnections: () => {
      server.cutConnections();
    },
    cutNextAppends: (cut: AppendCut, times?: number) => {
      server.cutNextAppends(cut, times);
    },
    cutNextRead: (events: number) => {
      server.cutNextRead(events);
    },
    delayAnswers: (milliseconds: number) => {
      server.delayAnswers(milliseconds);
    },
    failNext: (failure: Failure, times?: number) => {
      server.failNext(failure, times);
    },
    goDown: () => server.goDown(),
    goSilent: () => {
      server.goSilent();
    },
    /** Leaves the lead to the follower that was started last. */
    handOver: () => {
      if (follower === null) throw new Error('There is no follower to hand over to.');
      server.handOverTo(follower);
    },
    openSubscriptions: () => server.openSubscriptions(),
    restart: (downMilliseconds?: number) => server.restart(downMilliseconds),
    silenceSubscriptions: () => {
      server.silenceSubscriptions();
    },
    speakAgain: () => {
      server.speakAgain();
    },
    /** Starts another node on the same log; returns its connection string. */
    startFollower: async () => {
      follower = await server.startFollower();
      return follower.url;
    },
  };
}
