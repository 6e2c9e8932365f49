// Records what newman's sandbox answers to the expressions of cases.js, as recorded.json:
//   TZ=UTC NEWMAN=.../newman/bin/newman.js node record.js
'use strict'
const fs = require('fs'), os = require('os'), path = require('path'), {execFileSync} = require('child_process')

// show runs in the sandbox as it does in our test.
const show = fs.readFileSync(path.join(__dirname, 'show.js'), 'utf8')
const cases = require('./cases.js')
const script = `${show}; var out = {}; ${JSON.stringify(cases)}.forEach(function (c) { out[c] = show(c) }); pm.test(JSON.stringify(out), function () {})`
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'sugar-'))
fs.writeFileSync(dir + '/c.json', JSON.stringify({
  info: {name: 'x', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'},
  item: [{name: 'a', event: [{listen: 'prerequest', script: {exec: [script]}}], request: {method: 'GET', url: 'http://127.0.0.1:1/'}}],
}))
try {
  execFileSync('node', [process.env.NEWMAN, 'run', dir + '/c.json', '--reporters', 'json', '--reporter-json-export', dir + '/o.json'], {stdio: 'pipe'})
} catch (e) { /* the request fails: nothing listens */ }
const run = JSON.parse(fs.readFileSync(dir + '/o.json')).run
const assertion = run.executions[0].assertions
if (!assertion) throw new Error(JSON.stringify(run.failures.map(f => f.error.message)))
fs.writeFileSync(path.join(__dirname, 'recorded.json'), JSON.stringify(JSON.parse(assertion[0].assertion), null, 1) + '\n')
