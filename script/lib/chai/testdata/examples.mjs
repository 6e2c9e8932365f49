// Records what the real chai says to an example of each use that its documentation of expect shows, with words of our
// own in it, and to the opposite of each. For TestExamplesOfTheDocumentation. Run it where chai is installed, and commit
// what it writes:
//
//	npm i --prefix /tmp/chai chai@4.4.1
//	node testdata/examples.mjs /tmp/chai
import fs from 'node:fs'
import { createRequire } from 'node:module'

const root = process.argv[2]
const chai = createRequire(root + '/')('chai')
const source = fs.readFileSync(root + '/node_modules/chai/lib/chai/core/assertions.js', 'utf8')
const setup = "function fn() { throw new TypeError('the tide is out') } function Boat() {} Boat.prototype.sail = function () {};"
  + ' Boat.rig = function () {}; const counter = {val: 1, a: 1}; const add = () => { counter.val += 1 }; class Kind {}'
const words = {
  foo: 'fjord', bar: 'berg', foobar: 'fjordberg', baz: 'dal', Cat: 'Boat', meow: 'sail', hiss: 'rig', addTwo: 'add', addOne: 'add',
  myObj: 'counter', badFn: 'fn', goodFn: 'add', salmon: 'tide', Illegal: 'illegal', nooo: 'no', why: 'reason', fail: 'fail',
}

const cases = []
for (const line of source.split('\n')) {
  const example = /^\s*\*\s{4,}(expect\(.*\)[^;]*;?)\s*(\/\/.*)?$/.exec(line)
  if (!example || example[1].startsWith('expect(arguments)')) continue // which are the function's around it
  const ours = example[1].replace(/[A-Za-z]+/g, word => Object.hasOwn(words, word) ? words[word] : word)
  for (const js of new Set([ours, ours.replace('.to.not.', '.to.').replace('.to.have.', '.to.not.have.').replace('.to.be.', '.to.not.be.')])) {
    let f
    try { f = new Function('chai', 'expect', setup + js) } catch { continue }
    let message = ''
    try { f(chai, chai.expect) } catch (e) {
      if (e instanceof ReferenceError) continue // it needs what stands around it there
      message = String(e.message)
    }
    cases.push({ js, message })
  }
}
const unique = [...new Map(cases.map(c => [c.js, c])).values()]
fs.writeFileSync(new URL('examples.json', import.meta.url),
  JSON.stringify({ setup }) .slice(0, -1) + ',"cases":[\n' + unique.map(c => JSON.stringify(c)).join(',\n') + '\n]}\n')
