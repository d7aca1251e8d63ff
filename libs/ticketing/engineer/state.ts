/** An engineer who was never registered. */
export interface NoEngineer {
  readonly state: 'none';
}

export interface Engineer {
  readonly state: 'active' | 'inactive';
  readonly engineerId: string;
  readonly displayName: string;
  readonly email: string;
}

export type EngineerState = NoEngineer | Engineer;

export const noEngineer: NoEngineer = { state: 'none' };
