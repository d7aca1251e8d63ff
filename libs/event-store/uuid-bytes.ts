/** The 16 bytes of a UUID, as SQLite files store it. */
export const uuidBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
