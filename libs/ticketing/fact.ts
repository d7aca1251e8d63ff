/** The type and data of an event. */
export interface Fact<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data;
}
