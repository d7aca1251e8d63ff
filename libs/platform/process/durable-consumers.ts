import { Inject, Injectable } from '@nestjs/common';
import type { Consumer } from '#consuming/consumer.js';
import { policyStates } from '#policies/all.js';
import { ViewStore } from '#view-stores/view-store.js';
import { Configuration } from '../configuration.js';
import { POLICY_STORE } from '../stores.module.js';
import { projectionConsumers } from './projection-consumers.js';

/** Every projection, the check of the log, and every policy, with the store of its documents, checkpoint and lease. */
@Injectable()
export class DurableConsumers {
  readonly projections: readonly Consumer[];
  readonly policies: readonly Consumer[];

  constructor(
    views: ViewStore,
    @Inject(POLICY_STORE) policies: ViewStore,
    { logCheck }: Configuration,
  ) {
    this.projections = projectionConsumers(views, logCheck);
    this.policies = policyStates.map((projection) => ({ projection, store: policies }));
  }

  get all(): readonly Consumer[] {
    return [...this.projections, ...this.policies];
  }
}
