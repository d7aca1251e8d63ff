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
    /** The whole list, as it is from now on. */
    readonly owners: readonly string[];
    /** The list before, so that a reader knows whose services changed. */
    readonly previousOwners: readonly string[];
  }
>;

export type ServiceEvent =
  ServiceRegistered | ServiceChanged | ServiceDeactivated | ServiceOwnersConfigured;
