import { ticketStates } from '#ticketing/ticket/state.js';
import { shownOnOneLine } from '#ticketing/text.js';
import { countBy, expectedStates, type Group, type Tally } from './tally.js';
import type { CasePlan } from './plan.js';
import type { Verdict } from './verify.js';

/** The data of the final report. */
export interface Report {
  readonly file: string;
  readonly activityCount: number;
  readonly engineerCount: number;
  readonly plans: readonly CasePlan[];
  readonly tally: Tally;
  readonly seconds: number;
  readonly retries: number;
  readonly interrupted: boolean;
  /** Null if nothing was verified. */
  readonly verdict: Verdict | null;
}

/** Whether everything matches the log and the mapping. */
export const isWell = ({ tally, verdict }: Report): boolean =>
  tally.surpriseCount === 0 && (verdict === null || verdict.differences.length === 0);

const MAX_EXAMPLES = 10;

/** The report for people. */
export function reportInWords(report: Report): string {
  const { tally, seconds, plans, interrupted } = report;
  const { outcomes } = tally;
  return [
    interrupted
      ? `Interrupted: ${report.file} was played in part. Run the same replay again to resume.`
      : `Played ${report.file}: ${number(plans.length)} cases, ${number(report.activityCount)} activities.`,
    '',
    row('Tickets created', tally.ticketsCreated, again(tally.ticketsFoundAgain)),
    row('Commands sent', tally.sentCount, `in ${seconds.toFixed(1)} s: ${rateOf(report)}/s`),
    row('  accepted', outcomes.accepted),
    row('  accepted before', outcomes.done_before, 'by an earlier run, with the same answer'),
    row('  harmless repeats', outcomes.repeat, 'accepted, nothing to do'),
    row(
      '  superseded',
      outcomes.superseded,
      'changed nothing in an earlier run; the ticket has changed',
    ),
    row('  refused', outcomes.refused, refusedAsExpected(tally)),
    row('Sent again', report.retries, 'the service was busy or unreachable'),
    row('Not sent', tally.droppedCount, 'the ticket was not created'),
    '',
    ...grouped('Refused as expected by the mapping:', expectedGroups(tally)),
    ...grouped('NOT AS EXPECTED:', surprisingGroups(tally)),
    ...statesTable(report),
    '',
    ...verdictInWords(report),
    '',
  ].join('\n');
}

/** The report for programs: one JSON object. */
export function reportAsJson(report: Report): string {
  const { tally, plans, verdict } = report;
  return JSON.stringify({
    file: report.file,
    interrupted: report.interrupted,
    cases: plans.length,
    activities: report.activityCount,
    engineers: report.engineerCount,
    ticketsCreated: tally.ticketsCreated,
    ticketsFoundAgain: tally.ticketsFoundAgain,
    commandsSent: tally.sentCount,
    outcomes: tally.outcomes,
    notSent: tally.droppedCount,
    retries: report.retries,
    seconds: report.seconds,
    commandsPerSecond: rateOf(report),
    refused: expectedGroups(tally),
    surprises: surprisingGroups(tally),
    states: {
      expected: Object.fromEntries(expectedStates(plans)),
      answered: Object.fromEntries(answeredStates(tally)),
      listed: verdict === null ? null : Object.fromEntries(verdict.listed),
    },
    verified: verdict === null ? null : verdict.differences.length === 0,
    differences: verdict?.differences ?? [],
  });
}

const number = (value: number): string => value.toLocaleString('en');

const row = (name: string, value: number, remark = ''): string =>
  `${name.padEnd(20)}${number(value).padStart(8)}${value === 0 || remark === '' ? '' : `   ${remark}`}`;

const again = (count: number): string =>
  count === 0 ? '' : `${number(count)} more existed already`;

const rateOf = ({ tally, seconds }: Report): number =>
  Math.round(tally.sentCount / Math.max(seconds, 0.001));

const expectedGroups = ({ groups }: Tally): Group[] => groups.filter(({ expected }) => expected);
const surprisingGroups = ({ groups }: Tally): Group[] => groups.filter(({ expected }) => !expected);

function refusedAsExpected(tally: Tally): string {
  const expected = expectedGroups(tally).reduce((sum, { count }) => sum + count, 0);
  return `${number(expected)} of them expected by the mapping`;
}

const grouped = (title: string, groups: readonly Group[]): string[] =>
  groups.length === 0
    ? []
    : [
        title,
        ...groups.flatMap((group) => [
          `  ${number(group.count).padStart(6)} × ${shownOnOneLine(group.activity)} → ${group.command}: ${group.what}`,
          `           such as ${shownOnOneLine(group.caseName)}, line ${group.line}${group.detail === '' ? '' : `: ${group.detail}`}`,
        ]),
        '',
      ];

const answeredStates = (tally: Tally): ReadonlyMap<string, number> =>
  countBy([...tally.tickets.values()].map(({ state }) => state));

function statesTable({ plans, tally, verdict }: Report): string[] {
  const columns = [
    ['expected', expectedStates(plans)],
    ['answered', answeredStates(tally)],
    ...(verdict === null ? [] : [['listed', verdict.listed] as const]),
  ] as const;
  return [
    `${'Tickets by state'.padEnd(24)}${columns.map(([name]) => name.padStart(10)).join('')}`,
    ...ticketStates.map(
      (state) =>
        `  ${state.padEnd(22)}${columns.map(([, counts]) => number(counts.get(state) ?? 0).padStart(10)).join('')}`,
    ),
  ];
}

function verdictInWords({ verdict, interrupted }: Report): string[] {
  if (verdict === null)
    return [interrupted ? 'Nothing was verified.' : 'Not verified, as requested.'];
  const { differences, historiesRead, eventsRead, otherTickets } = verdict;
  const others =
    otherTickets === 0
      ? ''
      : ` The service has ${number(otherTickets)} other tickets, which were ignored.`;
  if (differences.length === 0) {
    return [
      `Verified: the list's counts by state and ${number(historiesRead)} histories with ${number(eventsRead)} events match the log.${others}`,
    ];
  }
  const examples = differences.slice(0, MAX_EXAMPLES);
  return [
    `VERIFICATION FAILED: ${number(differences.length)} differences.${others}`,
    ...examples.map(
      ({ caseName, ticketId, what }) =>
        `  ${shownOnOneLine(caseName)}, ticket ${ticketId ?? '–'}: ${what}`,
    ),
    ...(differences.length > examples.length ? ['  …'] : []),
  ];
}
