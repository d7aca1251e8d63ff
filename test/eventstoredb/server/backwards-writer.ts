const VARINT = 0;
const LENGTH_DELIMITED = 2;

/**
 * Writes a message of the protocol from its end to its beginning, so that the length of nested
 * messages is known when it is written. Used for frequent messages, because the generated code is
 * several times slower. Fields are written in reverse order.
 */
export class BackwardsWriter {
  #buffer = Buffer.allocUnsafe(64 * 1024);
  #at = 0;

  /** @param bytes - the maximum length of the message */
  begin(bytes: number): this {
    if (this.#buffer.length < bytes) this.#buffer = Buffer.allocUnsafe(bytes * 2);
    this.#at = this.#buffer.length;
    return this;
  }

  /** The written bytes. */
  take(): Buffer {
    return Buffer.from(this.#buffer.subarray(this.#at));
  }

  /** An unsigned number; large ones must be exact. */
  number(field: number, value: number | bigint): this {
    if (typeof value === 'bigint') this.#bigVarint(value);
    else this.#varint(value);
    return this.#tag(field, VARINT);
  }

  text(field: number, value: string): this {
    const length = Buffer.byteLength(value);
    this.#at -= length;
    this.#buffer.write(value, this.#at);
    this.#varint(length);
    return this.#tag(field, LENGTH_DELIMITED);
  }

  bytes(field: number, value: Uint8Array): this {
    if (value.length === 0) return this;
    this.#at -= value.length;
    this.#buffer.set(value, this.#at);
    this.#varint(value.length);
    return this.#tag(field, LENGTH_DELIMITED);
  }

  nested(field: number, write: (writer: this) => void): this {
    const end = this.#at;
    write(this);
    this.#varint(end - this.#at);
    return this.#tag(field, LENGTH_DELIMITED);
  }

  /** An entry of a map from text to text. */
  entry(field: number, key: string, value: string): this {
    return this.nested(field, (writer) => writer.text(2, value).text(1, key));
  }

  #tag(field: number, type: number): this {
    this.#at -= 1;
    this.#buffer[this.#at] = field * 8 + type;
    return this;
  }

  #varint(value: number): void {
    let bytes = 1;
    for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes += 1;
    this.#at -= bytes;
    let rest = value;
    for (let at = this.#at; bytes > 0; at += 1, bytes -= 1) {
      this.#buffer[at] = bytes > 1 ? (rest % 0x80) + 0x80 : rest;
      rest = Math.floor(rest / 0x80);
    }
  }

  #bigVarint(value: bigint): void {
    const bytes: number[] = [];
    let rest = value;
    for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) + 0x80);
    bytes.push(Number(rest));
    this.#at -= bytes.length;
    this.#buffer.set(bytes, this.#at);
  }
}
