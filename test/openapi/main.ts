import { writeFileSync } from 'node:fs';
import { servedDocument } from './served-document.js';
import { typesOf } from './types-of.js';

/** `main.js document FILE` writes the OpenAPI document, `main.js types FILE` its TypeScript types. */
const [what, file = ''] = process.argv.slice(2);
const document = await servedDocument();
writeFileSync(file, what === 'types' ? await typesOf(document) : document);
