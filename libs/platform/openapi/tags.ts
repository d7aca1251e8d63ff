/** The groups of operations, in the order of the documentation. */
const descriptions: Readonly<Record<string, string>> = {
  'Ticket commands': 'Create tickets and move them through their states.',
  'Ticket queries': 'List tickets, show them, and read their histories.',
  Services: 'The services of tickets, with their owners.',
  Engineers: 'The people who handle tickets.',
  Owners: 'Engineers with the services that they own and their counts of tickets.',
  Me: 'The caller.',
  Reports: 'Counts, durations and ratings.',
  Events: 'Live updates as server-sent events.',
  Projections: 'The state of the read models, and their rebuild.',
  Log: 'Operations on the log as a whole.',
  Health: 'Probes and metrics.',
};

export const tagsOf = (names: ReadonlySet<string>) =>
  Object.entries(descriptions).flatMap(([name, description]) =>
    names.has(name) ? [{ name, description }] : [],
  );
