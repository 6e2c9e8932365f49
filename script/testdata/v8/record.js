// Records what V8 makes of the lines of a table: `node record.js TABLE.txt > TABLE.json`.
// Each line is the text of a function as Postman wraps scripts, in a context of its own. What it returns, or the error, is
// recorded as text. "# " begins a heading, ⏎ stands for the
// end of a line, and "# template: " begins what each line stands in, as NAME.
const vm = require('vm'), fs = require('fs')
const text = fs.readFileSync(process.argv[2], 'utf8')
const template = (text.match(/^# template: (.*)$/m) || [, 'NAME'])[1]
const lines = text.split('\n').filter(l => l && !l.startsWith('# '))
process.on('unhandledRejection', () => {})
;(async () => {
  const found = {}
  for (const line of lines) {
    const context = vm.createContext({console: {log() {}}, lib: {}, require, Buffer}, {microtaskMode: undefined})
    let shown
    try {
      const f = new vm.Script('(async () => {;\n' + template.replaceAll('NAME', () => line.replaceAll('⏎', '\n')) + '\n})').runInContext(context)
      const show = vm.runInContext('v => typeof v == "symbol" ? v.toString() : Array.isArray(v) ? v.join() : String(v)', context)
      shown = {value: show(await f())}
    } catch (e) {
      shown = {error: String(e)}
    }
    found[line] = shown
  }
  console.log(JSON.stringify({engine: process.versions.v8, cases: found}, null, 1))
})()
