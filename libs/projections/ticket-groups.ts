/** A group of tickets, such as those of one service; `all` is every ticket. */
export interface Group<Dimension extends string> {
  readonly dimension: Dimension;
  /** Null for tickets without a value, and for all. */
  readonly key: string | null;
}

/** The id of a group's document. JSON distinguishes null from "null". */
export const groupId = (dimension: string, key: string | null): string =>
  `${dimension} ${JSON.stringify(key)}`;

/** The group of an id. */
export function groupOf<Dimension extends string>(id: string): Group<Dimension> {
  const space = id.indexOf(' ');
  return {
    dimension: id.slice(0, space) as Dimension,
    key: JSON.parse(id.slice(space + 1)) as string | null,
  };
}
