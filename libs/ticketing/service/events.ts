import type { Fact } from '../fact.js';

interface ServiceDetails {
  readonly serviceId: string;
  readonly name: string;
  readonly issueTypes: readonly string[];
  readonly active: boolean;
}

export type ServiceRegistered = Fact<'ServiceRegistered', ServiceDetails>;
export type ServiceChanged = Fact<'ServiceChanged', ServiceDetails>;
export type ServiceDeactivated = Fact<'ServiceDeactivated', { readonly serviceId: string }>;
export type ServiceOwnersConfigured = Fact<
  'ServiceOwnersConfigured',
  {
    readonly serviceId: string;
    /** The new list as a whole. */
    readonly owners: readonly string[];
    /** The former list, so that readers can derive who was added and removed. */
    readonly previousOwners: readonly string[];
  }
>;

export type ServiceEvent =
  ServiceRegistered | ServiceChanged | ServiceDeactivated | ServiceOwnersConfigured;
