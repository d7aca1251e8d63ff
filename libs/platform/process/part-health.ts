import type { EventReader, EventStore } from '#event-store/event-store.js';
import type { ConsumerState } from './consumer-state.js';
import type { ConsumerStates } from './consumer-states.js';
import { inTime } from './in-time.js';

/** A `degraded` part works but needs attention; the process cannot work without an `unavailable` one. */
export interface PartHealth {
  readonly state: 'ok' | 'degraded' | 'unavailable';
  readonly detail: string;
}

export const OK: PartHealth = { state: 'ok', detail: 'ok' };

export const degraded = (detail: string): PartHealth => ({ state: 'degraded', detail });

export const unavailable = (detail: string): PartHealth => ({ state: 'unavailable', detail });

/** The health of a process is that of its worst part. */
export const worstOf = (parts: readonly PartHealth[]): PartHealth['state'] =>
  (['unavailable', 'degraded'] as const).find((state) =>
    parts.some((part) => part.state === state),
  ) ?? 'ok';

/** Whether the log can be read. */
export async function logHealth(log: Pick<EventReader, 'headPosition'>): Promise<PartHealth> {
  try {
    await log.headPosition();
    return OK;
  } catch (error) {
    return unavailable((error as Error).message);
  }
}

/** Whether a command would be stored. */
export async function writerHealth(log: Pick<EventStore, 'checkAppends'>): Promise<PartHealth> {
  try {
    const checked = log.checkAppends().then(() => OK);
    const late = unavailable('The log is not written: its store does not answer.');
    return (await inTime(checked)) ?? late;
  } catch (error) {
    return unavailable((error as Error).message);
  }
}

/**
 * The health of the log, and of every projection if the log can be read: lag is measured against it.
 * The log may also go away while that is done.
 */
export async function logAndConsumers(
  states: Pick<ConsumerStates, 'ofProjections'>,
  healthOf: (state: ConsumerState) => PartHealth = consumerHealth,
): Promise<Readonly<Record<string, PartHealth>> & { readonly log: PartHealth }> {
  try {
    const projections = (await states.ofProjections()).map(
      (state) => [`projection ${state.name}`, healthOf(state)] as const,
    );
    return { log: OK, ...Object.fromEntries(projections) };
  } catch (error) {
    return { log: unavailable((error as Error).message) };
  }
}

export function consumerHealth({ state, lagSeconds, failures }: ConsumerState): PartHealth {
  const stopped = failures.find(({ kind }) => kind === 'stopped');
  if (stopped !== undefined) return unavailable(stopped.error);
  if (state === 'building') return unavailable('being built: it cannot be queried yet');
  const notes = [
    ...(state === 'frozen' ? ['makes no progress'] : []),
    ...(state === 'behind' ? [`behind by ${Math.round(lagSeconds ?? 0)} s`] : []),
    ...(failures.length > 0 ? [`streams parked: ${failures.length}`] : []),
  ];
  return notes.length === 0 ? OK : degraded(notes.join('; '));
}

/** The health of the policies. Commands are accepted without them, so a stopped one is `degraded`. */
export async function policyHealth(
  states: Pick<ConsumerStates, 'ofPolicies'>,
): Promise<Readonly<Record<string, PartHealth>>> {
  // An unreadable log is reported as a separate part.
  const policies = (await states.ofPolicies().catch(() => [])).map((state) => {
    const { state: how, detail } = consumerHealth(state);
    return [`policy ${state.name}`, how === 'ok' ? OK : degraded(detail)] as const;
  });
  return Object.fromEntries(policies);
}
