package main

import (
	"fmt"
	"strings"
)

// k6Script is a workload as k6 has it; empty where it has no such thing, such as the bundled libraries of Postman.
func k6Script(w workload, base string) string {
	const head = "import http from 'k6/http';\nimport { check } from 'k6';\nconst failOn = ok => { if (!ok) throw new Error('wrong answer'); };\n"
	options := fmt.Sprintf("export const options = {vus: 1, iterations: %d};\n", w.iterations)
	switch {
	case w.computes() || w.kind == folders:
		return ""
	case w.kind == big:
		return head + options + "export default () => { const r = http.get('" + base + w.path() + "'); failOn(check(r, {all: r => r.json().items.length === 40000})); };\n"
	case w.kind == payments:
		return head + options + `export default () => {
  for (let i = 0; i < 10; i++) {
    const reference = 'order-' + __ITER + '-' + i;
    const r = http.post('` + base + w.path() + "', `" + strings.ReplaceAll(paymentBody, "{{reference}}", "${reference}") + "`" + `, {headers: {
      'Content-Type': 'application/json', 'Idempotency-Key': reference, 'Authorization': 'Bearer abc', 'Merchant-Serial-Number': '123456'}});
    const answer = r.json();
    failOn(check(r, {
      created: r => r.status === 201,
      'is ours': () => answer.reference === reference,
      'in kroner': () => answer.aggregate.authorizedAmount.currency === 'NOK' && answer.aggregate.authorizedAmount.value === 0,
    }));
  }
};
`
	case w.rows:
		return "import { SharedArray } from 'k6/data';\n" + head + options +
			"const rows = new SharedArray('rows', () => open('./" + w.name() + ".csv').trim().split('\\n').slice(1).map(line => line.split(',')[0]));\n" +
			"export default () => failOn(http.get('" + base + w.path() + "?reference=' + rows[__ITER]).status === 200);\n"
	}
	return head + options + "export default () => failOn(http.get('" + base + w.path() + "').status === 200);\n"
}

// hurlFile is a workload as hurl has it, which has no scripts and no rows; empty where it cannot be said.
func hurlFile(w workload, base string) string {
	switch {
	case w.computes() || w.rows || w.kind == folders:
		return ""
	case w.kind == big:
		return "GET " + base + w.path() + "\nHTTP 200\n[Asserts]\njsonpath \"$.items\" count == 40000\n"
	case w.kind == plain:
		return "GET " + base + w.path() + "\nHTTP 200\n"
	}
	var b strings.Builder
	for i := range perRound {
		reference := "order-" + itoa(i)
		fmt.Fprintf(&b, "POST %s%s\nContent-Type: application/json\nIdempotency-Key: %s\nAuthorization: Bearer abc\nMerchant-Serial-Number: 123456\n%s\nHTTP 201\n"+
			"[Asserts]\njsonpath \"$.reference\" == \"%s\"\njsonpath \"$.aggregate.authorizedAmount.currency\" == \"NOK\"\njsonpath \"$.aggregate.authorizedAmount.value\" == 0\n\n",
			base, w.path(), reference, strings.ReplaceAll(paymentBody, "{{reference}}", reference), reference)
	}
	return b.String()
}

// bruFiles is a workload as a Bruno collection: file name to text. It has none for rows, for many iterations of
// several requests, and for libraries.
func bruFiles(w workload, base string) map[string]string {
	if w.rows || w.computes() || w.kind == folders || w.letter == "c" {
		return nil
	}
	files := map[string]string{"bruno.json": `{"version":"1","name":"bench","type":"collection"}`}
	if w.kind != payments {
		tests := ""
		if w.kind == big {
			tests = "\ntests {\n  test('all', () => expect(res.getBody().items.length).to.equal(40000));\n}\n"
		}
		for i := range w.iterations {
			files[fmt.Sprintf("r%04d.bru", i)] = fmt.Sprintf("meta {\n  name: r%d\n  type: http\n  seq: %d\n}\n\nget {\n  url: %s%s\n  body: none\n  auth: none\n}\n%s", i, i+1, base, w.path(), tests)
		}
		return files
	}
	for i := range perRound {
		files[fmt.Sprintf("r%04d.bru", i)] = fmt.Sprintf("meta {\n  name: r%d\n  type: http\n  seq: %d\n}\n\npost {\n  url: %s%s\n  body: json\n  auth: none\n}\n\n"+
			"headers {\n  Idempotency-Key: {{reference}}\n  Authorization: Bearer abc\n  Merchant-Serial-Number: 123456\n}\n\nbody:json {\n  %s\n}\n\n"+
			"script:pre-request {\n  bru.setVar('reference', 'order-%d');\n}\n\ntests {\n  const answer = res.getBody();\n  test('created', () => expect(res.getStatus()).to.equal(201));\n"+
			"  test('is ours', () => expect(answer.reference).to.equal(bru.getVar('reference')));\n"+
			"  test('in kroner', () => expect(answer.aggregate.authorizedAmount).to.eql({currency: 'NOK', value: 0}));\n}\n", i, i+1, base, w.path(), paymentBody, i)
	}
	return files
}
