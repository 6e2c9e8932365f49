// Records what the real chai does with the snippets of plugins.txt, for TestPluginsSameAsChai.
//
// Run it where chai is installed, and commit what it writes:
//
//	npm i --prefix /tmp/chai chai@4.4.1
//	node testdata/plugins.mjs /tmp/chai
import { createRequire } from 'node:module'
import { readFileSync, writeFileSync } from 'node:fs'

const require = createRequire(process.argv[2] + '/')
const each = list => list.map(f => { try { return f() } catch (e) { return 'throws ' + e.message } })

// outcome is what a snippet came to, in words that both engines have.
function outcome(run) {
  try {
    return { value: JSON.stringify(run()) ?? 'undefined' }
  } catch (e) {
    const frames = String(e.stack).split('\n').slice(1).map(l => /^\s*at (?:async )?(?:new )?(?:([^ ]+) \()?/.exec(l)?.[1] ?? '')
    const end = frames.findIndex(f => f.endsWith('snippet'))
    const own = frames.slice(0, end < 0 ? frames.length : end).map(f => f.replace(/^.*\./, ''))
    return {
      name: e.name, message: e.message, keys: Object.keys(e).join(), showDiff: e.showDiff === true, operator: e.operator ?? '',
      actual: JSON.stringify(e.actual) ?? 'undefined', expected: JSON.stringify(e.expected) ?? 'undefined', frames: own.join(),
    }
  }
}

const cases = []
for (const part of readFileSync(new URL('plugins.txt', import.meta.url), 'utf8').split('\n==== ').slice(1)) {
  const [name, ...lines] = part.split('\n')
  const js = lines.join('\n').trim()
  for (const key of Object.keys(require.cache)) delete require.cache[key]
  const chai = require('chai')
  const snippet = new Function('chai', 'expect', 'assert', 'utils', 'each', `return function snippet() {${js}\n}`)
  const run = snippet(chai, chai.expect, chai.assert, chai.util, each)
  const c = outcome(run)
  delete Object.prototype.should
  cases.push({ case: name, js, ...c })
}
writeFileSync(new URL('plugins.json', import.meta.url), '[\n' + cases.map(c => JSON.stringify(c)).join(',\n') + '\n]\n')
console.log(cases.length, 'cases')
