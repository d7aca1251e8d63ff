/** Something that happened: its type, and what there is to know about it. */
export interface Fact<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data;
}
