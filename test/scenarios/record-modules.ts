import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

/** Preloaded with `--import`: writes the address of every module that the process loads to a file. */
const file = process.env['RECORD_MODULES'];
registerHooks({
  load(url, context, next) {
    if (file !== undefined) appendFileSync(file, `${url}\n`);
    return next(url, context);
  },
});
