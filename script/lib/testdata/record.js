// Records what the real libraries answer to the snippets in *.cases.js, into
// *.golden.json, one object a snippet: the code, and what it gave or threw.
//
// Run it from a folder with the npm packages named in PACKAGES:
//
//	mkdir /tmp/npm && cd /tmp/npm && npm init -y && npm i --ignore-scripts PACKAGES
//	node /path/to/script/lib/testdata/record.js [NAME …]
//
// PACKAGES: crypto-js@3.3.0 buffer@6.0.3 events@3.3.0 path-browserify@1.0.1
// querystring-es3@0.2.1 url@0.11.4 punycode@1.4.1
// xml2js@0.6.2 csv-parse@1.2.4 assert@2.0.0 stream-browserify@3.0.0. Recorded with Node 20.20.2.
'use strict';
const fs = require('fs');
const path = require('path');
const { createRequire } = require('module');
const vm = require('vm');
const local = createRequire(path.join(process.cwd(), 'x.js'));

// What the sandbox calls x comes from the npm package y; the rest is Node's own.
const packages = {
  'crypto-js': 'crypto-js', buffer: 'buffer/', events: 'events/', path: 'path-browserify', punycode: 'punycode/',
  querystring: 'querystring-es3', xml2js: 'xml2js', 'csv-parse/lib/sync': 'csv-parse/lib/sync', url: 'url/', assert: 'assert/', stream: 'stream-browserify',
};
const load = (name) => (packages[name] ? local(packages[name]) : require(name));

function show(v) {
  if (typeof v === 'string') return v;
  if (typeof v === 'function') return '[function]';
  if (typeof v === 'bigint') return v + 'n';
  if (Object.is(v, -0)) return '-0';
  const text = JSON.stringify(v, (k, x) => (typeof x === 'bigint' ? x + 'n' : x));
  return text === undefined || text === 'null' ? String(v) : text;
}

async function run(code, globals) {
  const names = Object.keys(globals);
  try {
    const body = /^\s*(return|var|let|const|try|for|function|class)\b/.test(code) ? code : 'return (' + code + '\n);';
    return show(await new Function(...names, body)(...names.map((n) => globals[n])));
  } catch (e) {
    return 'throws ' + (e && e.name) + ': ' + (e && e.message);
  }
}

(async () => {
  const only = process.argv.slice(2);
  for (const file of fs.readdirSync(__dirname).filter((f) => f.endsWith('.cases.js'))) {
    const name = file.replace('.cases.js', '');
    if (only.length && !only.includes(name)) continue;
    const globals = { require: load };
    const own = { cryptojs: { CryptoJS: 'crypto-js' }, buffer: {} }[name] || {};
    for (const g of Object.keys(own)) globals[g] = load(own[g]);
    // In the sandbox, which has no process, the bundled package takes a microtask for process.nextTick.
    if (name === 'nodestream') process.nextTick = (fn, ...args) => { Promise.resolve().then(() => fn(...args)); };
    if (name === 'buffer') globals.Buffer = load('buffer').Buffer;
    const golden = [];
    for (const code of require(path.join(__dirname, file))) golden.push({ code, want: await run(code, globals) });
    fs.writeFileSync(path.join(__dirname, name + '.golden.json'), '[\n' + golden.map((g) => JSON.stringify(g)).join(',\n') + '\n]\n');
    console.log(name, golden.length);
  }
})();
