// Records what the real SDK and chai-postman do with the snippets in cases.txt, into cases.json.
//
// How to run, in this folder, whenever cases.txt changed:
//
//   mkdir -p /tmp/pc && (cd /tmp/pc && npm init -y >/dev/null &&
//     npm i postman-runtime@7.39.1 chai@4 chai-postman@2.0.1 postman-collection@4.4.0)
//   NODE_PATH=/tmp/pc/node_modules node record.js
//
// The Go tests run the same snippets and compare. show.js turns results into text on both sides.
const fs = require('fs'), path = require('path'), vm = require('vm');
const sdk = require('postman-collection'), chai = require('chai');
const Ajv = require('ajv');
chai.use(require('chai-postman')(sdk, require('lodash'), Ajv));

// The sandbox gives pm.request and pm.response "to"; here every response and request has it.
for (const c of [sdk.Request, sdk.Response]) {
  Object.defineProperty(c.prototype, 'to', { get() { return chai.expect(this).to; }, configurable: true });
}

const show = vm.runInThisContext(fs.readFileSync(path.join(__dirname, 'show.js'), 'utf8'));
const results = {};
for (const block of fs.readFileSync(path.join(__dirname, 'cases.txt'), 'utf8').split(/^=== /m).slice(1)) {
  const end = block.indexOf('\n'), name = block.slice(0, end).trim(), source = block.slice(end + 1).trim();
  if (results[name]) throw new Error('two cases are called ' + name);
  results[name] = show(() => new Function('sdk', 'expect', source)(sdk, chai.expect));
}
fs.writeFileSync(path.join(__dirname, 'cases.json'), JSON.stringify(results, null, 1) + '\n');
