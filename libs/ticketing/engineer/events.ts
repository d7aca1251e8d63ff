import type { Fact } from '../fact.js';

interface EngineerDetails {
  readonly engineerId: string;
  readonly displayName: string;
  readonly email: string;
  readonly active: boolean;
}

export type EngineerRegistered = Fact<'EngineerRegistered', EngineerDetails>;
export type EngineerChanged = Fact<'EngineerChanged', EngineerDetails>;
export type EngineerDeactivated = Fact<'EngineerDeactivated', { readonly engineerId: string }>;

export type EngineerEvent = EngineerRegistered | EngineerChanged | EngineerDeactivated;
