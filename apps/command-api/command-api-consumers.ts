import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { LeaseKeeper } from '#consuming/lease-keeper.js';
import { DispatchPolicy } from '#policies/dispatch-policy.js';
import { ViewStore } from '#view-stores/view-store.js';

/** The lease of the policy: of several command APIs, one runs it. */
const DISPATCH_POLICY = { name: 'dispatch-policy', version: 1 };

/** Runs the consumers of the command API: from before it listens until its last request is done. */
@Injectable()
export class CommandApiConsumers implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stopped = new AbortController();
  #dispatching: Promise<void> | undefined;

  constructor(
    private readonly store: ViewStore,
    private readonly policy: DispatchPolicy,
  ) {}

  onApplicationBootstrap(): void {
    this.#dispatching = new LeaseKeeper(this.store.leases).during(
      DISPATCH_POLICY,
      this.#stopped.signal,
      (_lease, signal) => this.policy.run(signal),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopped.abort();
    await this.#dispatching;
  }
}
