/** Credentials and addresses, as connection strings have them. */
const URL_PATTERN = /\b[a-z][a-z0-9+.-]*:\/\/\S+/gi;

/** Absolute paths of files: two or more names, or one with an ending. Paths of the API are kept. */
const PATH_PATTERN = /(?<![\w.)])\/(?!api\/)(?:[\w.@+-]+\/)*[\w@+-]+(?:[./][\w.@/+-]*[\w])?/g;

/** The first line of a message, without paths and connection strings: never a stack. */
export const publicDetail = (message: string): string =>
  (message.split('\n', 1)[0] ?? '').replace(URL_PATTERN, '…').replace(PATH_PATTERN, '…');
