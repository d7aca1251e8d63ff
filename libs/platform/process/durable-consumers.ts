import { Inject, Injectable } from '@nestjs/common';
import type { Consumer } from '#consuming/consumer.js';
import { policyStates } from '#policies/all.js';
import { projections } from '#projections/all.js';
import { logCheck } from '#projections/log-check.js';
import { ViewStore } from '#view-stores/view-store.js';
import { POLICY_STORE } from '../stores.module.js';

/** Every projection, the check of the log, and every policy, with the store of its documents, checkpoint and lease. */
@Injectable()
export class DurableConsumers {
  readonly projections: readonly Consumer[];
  readonly policies: readonly Consumer[];

  constructor(views: ViewStore, @Inject(POLICY_STORE) policies: ViewStore) {
    this.projections = [...projections, logCheck].map((projection) => ({
      projection,
      store: views,
    }));
    this.policies = policyStates.map((projection) => ({ projection, store: policies }));
  }

  get all(): readonly Consumer[] {
    return [...this.projections, ...this.policies];
  }
}
