import 'reflect-metadata';
import { QueryApiModule } from '#apps/query-api/query-api.module.js';
import { serveModule } from './serve-module.js';
import { serve, settings } from './serve.js';

const { folder } = settings() as { readonly folder: string };

/** The query side alone, on existing read models: nothing is projected. */
await serve(() => serveModule(QueryApiModule, { DATA_DIR: folder }));
