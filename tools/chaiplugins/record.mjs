// Records what the uses of chai plugins in testdata/script/chai-plugins.txtar come to with the real chai, into the
// file wants.js of that archive.
//
//	npm i --legacy-peer-deps --prefix /tmp/chai chai@4.4.1 chai-as-promised@7.1.2 chai-things@0.2.0 chai-subset@1.6.0 \
//	  chai-string@2.0.0 chai-datetime@1.8.1 chai-like@1.1.3 chai-arrays@2.2.0 chai-spies@1.1.0
//	TZ=UTC node tools/chaiplugins/record.mjs /tmp/chai
import { createRequire } from 'node:module'
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const require = createRequire(process.argv[2] + '/')
const file = new URL('../../testdata/script/chai-plugins.txtar', import.meta.url)
const archive = readFileSync(file, 'utf8')
const uses = { exports: {} }
new Function('module', /-- lib\/@team\/uses\.js --\n([^]*?)\n-- /.exec(archive)[1])(uses)
const string = await import(pathToFileURL(process.argv[2] + '/node_modules/chai-string/chai-string.js'))

const wants = {}
for (const name of Object.keys(uses.exports).filter(n => n !== 'outcomes')) {
  for (const key of Object.keys(require.cache)) delete require.cache[key]
  wants[name] = await uses.exports.outcomes(name, require('chai'), n => n === 'npm:chai-string' ? string : require(n.replace('npm:', '')))
  delete Object.prototype.should
}
writeFileSync(file, archive.replace(/(-- lib\/@team\/wants\.js --\n)[^]*$/, (_, head) => head + 'module.exports = ' + JSON.stringify(wants, null, 1) + '\n'))
