/** Where a document is kept for a group of tickets: those of one service, say; `all` is every ticket. */
export interface Group<Dimension extends string> {
  readonly dimension: Dimension;
  /** Null for the tickets that have none, and for all. */
  readonly key: string | null;
}

/** The id of a group's document. JSON tells null from "null". */
export const groupId = (dimension: string, key: string | null): string =>
  `${dimension} ${JSON.stringify(key)}`;

/** The group that an id is of. */
export function groupOf<Dimension extends string>(id: string): Group<Dimension> {
  const space = id.indexOf(' ');
  return {
    dimension: id.slice(0, space) as Dimension,
    key: JSON.parse(id.slice(space + 1)) as string | null,
  };
}
