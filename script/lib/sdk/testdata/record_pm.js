// Records what pm.js observes in Postman's runtime 7.39.1, which is newman's, into pm.json: of an answer of a
// server on loopback, and of a request that nobody answers.
//
// How to run, in this folder, after the installation that record.js describes:
//
//   NODE_PATH=/tmp/pc/node_modules node record_pm.js
const fs = require('fs'), http = require('http'), path = require('path');
const { Runner } = require('postman-runtime'), sdk = require('postman-collection');

const exec = 'const say = (x) => console.log(JSON.stringify(x));' + fs.readFileSync(path.join(__dirname, 'pm.js'), 'utf8');
const server = http.createServer((_, answer) => {
  answer.setHeader('content-type', 'application/json');
  answer.end('{"a":[1,2]}');
}).listen(0, '127.0.0.1', () => {
  const event = [{ listen: 'test', script: { exec } }], results = [];
  const collection = new sdk.Collection({ item: [
    { name: 'answered', event, request: {
      url: 'http://localhost:' + server.address().port + '/x/:id?q=1', method: 'POST',
      header: [{ key: 'A', value: 'b', description: 'dd' }], body: { mode: 'raw', raw: 'hi' }, description: 'req desc' } },
    { name: 'refused', event, request: 'http://localhost:1/' }
  ] });
  new Runner().run(collection, {}, (_, run) => run.start({
    console(_, __, said) { results.push(JSON.parse(said)); },
    done() {
      fs.writeFileSync(path.join(__dirname, 'pm.json'), JSON.stringify({ answered: results[0], refused: results[1] }, null, 1) + '\n');
      server.close();
      process.exit();
    }
  }));
});
