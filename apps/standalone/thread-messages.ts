import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Configuration } from '#platform/configuration.js';
import type { StoreSettings } from '#platform/stores.js';

/** The settings that the main thread passes to the consumers' thread. */
export type ThreadSettings = StoreSettings & Pick<Configuration, 'logLevel' | 'logCheck'>;

/** What the consumers' thread sends to the main thread. */
export type FromConsumers =
  /** How many events each projection has projected since the last message. */
  | { readonly projected: Readonly<Record<string, number>> }
  /** Asks for a command of a policy: commands are decided in the main thread. */
  | { readonly dispatch: DispatchRequest };

export interface DispatchRequest {
  readonly number: number;
  readonly ticketId: string;
  readonly cause: DecodedEvent;
}

/** What the main thread sends to the consumers' thread. */
export type ToConsumers =
  | 'stop'
  /** The command of a policy was given, or failed with an error. */
  | { readonly dispatched: number; readonly error: Error | null };
