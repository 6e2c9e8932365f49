// Asks newman's copy of tough-cookie what it makes of the lines in tough.json, and writes its answers there.
// Usage, in this folder: node record.mjs NODE_MODULES, the folder that newman 6.2.2 was installed into.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const start = Date.UTC(2026, 2, 1, 12)
let now = start
const RealDate = Date
globalThis.Date = class extends RealDate {
  constructor (...args) { args.length ? super(...args) : super(now) }
  static now () { return now }
}
const require = createRequire(path.resolve(process.argv[2], 'x.js'))
const tough = require('@postman/tough-cookie')
const { toNodeUrl } = require('postman-url-encoder')

const table = JSON.parse(fs.readFileSync('tough.json', 'utf8'))
for (const c of table.cases) {
  now = start
  const jar = new tough.CookieJar(undefined, { looseMode: true })
  for (const [url, line] of c.sets) {
    try { jar.setCookieSync(line, toNodeUrl(url)) } catch { /* refused */ }
    now += 1
  }
  now = start + (c.advance ?? 0) * 1000
  c.headers = {}
  for (const url of c.gets ?? table.gets) {
    const header = jar.getCookieStringSync(toNodeUrl(url))
    if (header) c.headers[url] = header
  }
  now = start
  const alive = c => tough.Cookie.fromJSON(c).expiryTime(new Date(now)) > now
  c.all = jar.toJSON().cookies.filter(alive).map(({ creation, lastAccessed, ...rest }) => rest)
}
const lines = table.cases.map(c => JSON.stringify(c)).join(',\n')
fs.writeFileSync('tough.json', `{"gets": ${JSON.stringify(table.gets)},\n"cases": [\n${lines}\n]}\n`)
