// Records what the real package answers to the snippets of script/lib/moment/testdata, in several time zones:
//
//   npm install --no-save --prefix DIR moment@2.29.4
//   node tools/moment/answers.mjs DIR [NAME …]
//
// testdata/NAME.js are the snippets; testdata/answers/NAME.ZONE.txt.gz has an answer a line, as testdata/show.js shows it.
// Each snippet of examples and pages gets a package of its own.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';

const dir = resolve(fileURLToPath(import.meta.url), '../../../script/lib/moment/testdata');
const zones = { core: ['UTC', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'Europe/Berlin'], durations: ['UTC', 'America/New_York'], locales: ['UTC'], examples: ['UTC', 'America/New_York'], pages: ['UTC', 'America/New_York'], random: ['UTC', 'America/New_York', 'Australia/Lord_Howe'] };

if (process.env.RECORD) {
  const require = createRequire(resolve(process.argv[2], 'x.js'));
  const evaluate = (name) => (0, eval)(readFileSync(resolve(dir, name + '.js'), 'utf8'));
  const fresh = () => { // the package and its locales, loaded again
    for (const file of Object.keys(require.cache)) if (/[\\/]moment[\\/]/.test(file)) delete require.cache[file];
    return require('moment');
  };
  const alone = ['examples', 'pages'].includes(process.env.RECORD);
  process.stdout.write(JSON.stringify(evaluate('show')(require('moment'), evaluate(process.env.RECORD), alone ? fresh : undefined)));
} else {
  mkdirSync(resolve(dir, 'answers'), { recursive: true });
  for (const name of process.argv.length > 3 ? process.argv.slice(3) : Object.keys(zones)) {
    for (const zone of zones[name]) {
      const run = spawnSync(process.execPath, [process.argv[1], process.argv[2]], { env: { ...process.env, RECORD: name, TZ: zone }, encoding: 'utf8', maxBuffer: 1 << 28 });
      if (run.status !== 0) throw new Error(run.stderr);
      const lines = JSON.parse(run.stdout).map((s) => JSON.stringify(s)).join('\n') + '\n';
      writeFileSync(resolve(dir, 'answers', `${name}.${zone.replace('/', '_')}.txt.gz`), gzipSync(lines, { level: 9 }));
      console.log(name, zone, lines.split('\n').length - 1);
    }
  }
}
