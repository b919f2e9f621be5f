// One line about one scenario: node verdict.mjs FOLDER EXIT_CODE
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const [folder, code] = process.argv.slice(2);

function* files(at) {
  for (const name of readdirSync(at)) {
    const path = join(at, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else yield path;
  }
}

const checks = [...files(folder)]
  .filter((path) => path.endsWith('checks.json'))
  .flatMap((path) => JSON.parse(readFileSync(path, 'utf8')));
const count = (status) => checks.filter((check) => check.status === status).length;
const bad = checks.filter((check) => check.status === 'FAILURE' || check.status === 'WARNING');
const skipped = count('SKIPPED') ? `, ${count('SKIPPED')} not exercised` : '';
if (bad.length) {
  console.log(`FAILED  ${bad.map((check) => `${check.id}: ${check.errorMessage ?? check.description}`).join(' | ')}`);
} else if (count('SUCCESS') === 0) {
  console.log('FAILED  nothing was observed');
} else if (code !== '0') {
  console.log(`FAILED  the harness ended with ${code}`);
} else {
  console.log(`passed  ${count('SUCCESS')} checks${skipped}`);
}
