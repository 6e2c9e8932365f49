// Records what the real lodash answers, for the tests of script/lib/lodash:
//
//   npm install --prefix DIR lodash@4.17.21 lodash3@3.10.2
//   node tools/lodash/record.mjs DIR
//
// Writes, into script/lib/lodash/testdata, for each version N: calls-N.json (the answers to the lines of calls.txt), examples-N.json (the
// examples of the documentation as calls, with their answers) and battery-N.txt (a sum of the answers of each function by the number
// of its arguments), and random-N.txt (a sum of the answer to each line that random.js makes). --print N [FUNCTIONS] prints the answers
// of the battery instead, --random N those to the lines of random.js.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const testdata = path.join(import.meta.dirname, '../../script/lib/lodash/testdata');
const read = (name) => readFileSync(path.join(testdata, name), 'utf8');
const write = (name, text) => writeFileSync(path.join(testdata, name), text);
const [dir, ...rest] = process.argv.slice(2);
const require = createRequire(path.resolve(dir, 'index.js'));
const packages = { 4: ['lodash', 'lodash/lodash.js'], 3: ['lodash3', 'lodash3/index.js'] };
const { show, ask } = new Function(read('show.js'))();
const sum = new Function('text', read('sum.js'));

function battery(_, only, each) {
  const log = [];
  const pool = new Function('log', 'show', read('pool.js'))(log, show);
  new Function('_', 'pool', 'log', 'ask', 'only', 'each', read('battery.js'))(_, pool, log, ask, only, each);
}

function calls(_, lines) {
  const answers = [];
  new Function('_', 'lines', 'log', 'show', 'ask', 'each', read('calls.js'))(_, lines, [], show, ask, (line, answer) => answers.push([line, answer]));
  return answers;
}

// linesOf takes what follows a line of comment away, and makes each line return its last value.
// Lodash 3 can be made to write to Object.prototype, and shows its own source as the text of its functions.
const notOf3 = /__proto__\.x|constructor\.prototype|polluted|_\.toString\(|\+ ''/;
const linesOf = (text) => text.split('\n').filter((line) => line && line[0] !== '#').map((line) => 'return ' + line);

const parses = (code) => {
  try {
    return !!new Function(code);
  } catch {
    return false;
  }
};

// exampleOf makes one body of an example: each value that the documentation gives an answer for goes into the list that is returned.
function exampleOf(text) {
  const code = [];
  let open = [];
  for (const line of text.split('\n')) {
    if (!/^\s*\/\/ =>/.test(line)) {
      if (!/^\s*\/\//.test(line)) open.push(line);
      continue;
    }
    while (open.length && !open[open.length - 1].trim()) open.pop();
    for (let at = 0; at < open.length; at++) {
      const before = open.slice(0, at).join('\n');
      const last = open.slice(at).join('\n').trim().replace(/;$/, '');
      if (parses('return (' + last + '\n)') && parses(before)) {
        code.push(before, 'shown.push(' + last + ');');
        open = [];
        break;
      }
    }
  }
  code.push(...open);
  return code.filter((part) => part.trim()).join('\n');
}

// Sentences of the documentation's own are replaced: only the calls and their results are facts.
const sentences = [[/hi-diddly-ho there, neighborino/g, 'one two three or four, five-six-and-seven'], [/fred, barney, (&amp;|&) pebbles/g, 'salt, pepper, $1 oil'],
  [/fred, barney, and pebbles/g, 'salt, pepper, and oil']];

function examples(source) {
  const found = [];
  for (const [comment] of source.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    const at = comment.indexOf('@example');
    if (at < 0 || /@private/.test(comment)) continue;
    let text = comment.slice(at + 8).replace(/\*\/$/, '').split('\n').map((line) => line.replace(/^\s*\* ?/, '')).join('\n');
    for (const [from, to] of sentences) text = text.replace(from, to);
    const code = exampleOf(text);
    if (code) found.push('const shown = [];\n' + code + '\nreturn shown;');
  }
  return found;
}

for (const version of [4, 3]) {
  const [name, file] = packages[version];
  const _ = require(name);
  const random = new Function('version', read('random.js'))(version);
  if (rest[0] === '--random') {
    if (rest[1] === String(version)) for (const [line, answer] of calls(_, random)) console.log(JSON.stringify([line, answer]));
    continue;
  }
  if (rest[0] === '--print') {
    if (rest[1] === String(version)) battery(_, rest[2] || '', (fn, args, label, answer) => console.log(fn + '(' + label + ') ' + answer));
    continue;
  }
  const sums = new Map();
  if (rest[0] !== '--calls') {
    battery(_, '', (fn, args, label, answer) => {
      const key = fn + ' ' + args;
      sums.set(key, sum((sums.get(key) || '') + answer));
    });
    write(`battery-${version}.txt`, Array.from(sums, ([key, value]) => key + ' ' + value).join('\n') + '\n');
  }
  write(`random-${version}.txt`, calls(_, random).map(([, answer]) => sum(answer)).join('\n') + '\n');
  // The calls come last: some of them change what they call.
  write(`calls-${version}.json`, JSON.stringify(calls(_, linesOf(read('calls.txt')).filter((line) => version === 4 || !notOf3.test(line)).concat(version === 3 ? linesOf(read('calls3.txt')) : [])), null, 1) + '\n');
  // What is different each time, or needs Node, is no fact of lodash: random values, ids, timers, Buffer.
  const list = examples(readFileSync(path.join(dir, 'node_modules', file), 'utf8')).filter((code) => !/Buffer\(|setImmediate/.test(code));
  const runs = Array.from({ length: 12 }, () => calls(_, list));
  const stable = runs[0].filter(([, answer], i) => runs.every((run) => run[i][1] === answer) && !answer.includes('Timeout {'));
  console.log(`lodash ${version}: ${stable.length} examples of ${list.length} answer the same each time`);
  write(`examples-${version}.json`, JSON.stringify(stable, null, 1) + '\n');
}
