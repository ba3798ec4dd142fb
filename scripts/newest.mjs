import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Latest change (ms since 1970) of the paths and all below them; folders count, so deletions do too. */
export function newest(...paths) {
  return paths.filter(existsSync).reduce((latest, path) => {
    const stat = statSync(path);
    const below = stat.isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [];
    return Math.max(latest, stat.mtimeMs, newest(...below));
  }, 0);
}

/** True if `made` is missing or older than one of its sources. */
export function isStale(made, sources) {
  return !existsSync(made) || statSync(made).mtimeMs < newest(...sources);
}
