// Asks Node's http client what it makes of the bytes in node.json, and writes its answers there.
// Usage: node record.mjs, in this folder. The table in the tree is Node 20's, whose parser newman runs on.
import fs from 'node:fs'
import http from 'node:http'
import net from 'node:net'

const cases = JSON.parse(fs.readFileSync('node.json', 'utf8'))

const server = net.createServer(socket => {
  let got = ''
  socket.on('error', () => {})
  socket.on('data', data => {
    got += data.toString('latin1')
    const asked = /^\S+ \/(\d+) /.exec(got)
    if (!asked || !got.includes('\r\n\r\n')) return
    got = ''
    const { bytes, close } = cases[asked[1]]
    close ? socket.end(Buffer.from(bytes, 'latin1')) : socket.write(Buffer.from(bytes, 'latin1'))
  })
})

const ask = (port, i) => new Promise(done => {
  const { bytes, close, method, lenient } = cases[i]
  const answer = { bytes, close, method, lenient }
  const finish = more => {
    clearTimeout(timer)
    req.removeAllListeners('error').on('error', () => {}).destroy()
    done({ ...answer, ...more })
  }
  const timer = setTimeout(finish, 400, { waits: true })
  const req = http.request({ port, host: '127.0.0.1', path: '/' + i, method, agent: false, insecureHTTPParser: !!lenient }, res => {
    const seen = { code: res.statusCode, reason: res.statusMessage, head: res.rawHeaders, body: '' }
    res.setEncoding('latin1').on('data', data => { seen.body += data })
    res.on('end', () => finish(seen))
    res.on('error', e => setImmediate(finish, { aborted: `${e.code} ${e.message}` }))
  })
  req.on('error', e => finish({ error: e.code, message: e.message })).end()
})

server.listen(0, '127.0.0.1', async () => {
  const answers = []
  let next = 0
  await Promise.all(Array.from({ length: 20 }, async () => {
    while (next < cases.length) {
      const i = next++
      answers[i] = await ask(server.address().port, i)
    }
  }))
  const empty = v => v === '' || v === false || (Array.isArray(v) && !v.length)
  const lean = a => JSON.stringify(Object.fromEntries(Object.entries(a).filter(([name, v]) => name === 'bytes' || !empty(v))))
  fs.writeFileSync('node.json', '[\n' + answers.map(lean).join(',\n') + '\n]\n')
  process.exit()
})
