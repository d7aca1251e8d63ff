/** A service that was never registered. */
export interface NoService {
  readonly state: 'none';
}

export interface Service {
  readonly state: 'active' | 'inactive';
  readonly serviceId: string;
  readonly name: string;
  readonly issueTypes: readonly string[];
  /** The engineers to whom its tickets are dispatched. */
  readonly owners: readonly string[];
}

export type ServiceState = NoService | Service;

export const noService: NoService = { state: 'none' };
