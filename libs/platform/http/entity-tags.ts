const TAG = String.raw`(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"`;
const LIST = new RegExp(`^[ \\t,]*${TAG}(?:[ \\t]*,[ \\t,]*${TAG})*[ \\t,]*$`);

/**
 * The entity tags of `If-Match` or `If-None-Match`, with their quotes and marks of weakness
 * (RFC 9110, section 8.8.3); null if the field is no list of them.
 */
export const readEntityTags = (field: string): readonly string[] | null =>
  LIST.test(field) ? [...field.matchAll(new RegExp(TAG, 'g'))].map(([tag]) => tag) : null;
