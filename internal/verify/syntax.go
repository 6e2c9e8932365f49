package verify

import "strings"

// syntaxWords are what reports consist of, whatever ran. A secret that is such a word stands
// in every report, and nothing tells where it is the secret.
const syntaxWords = `
assertion assertions assertionerror request requests response responses header headers script scripts prerequest iteration iterations
testcase testsuite testsuites failure failures failed passed skipped status statustext console variable variables environment globals collection
started finished responsetime duration elapsed message stacktrace expected actual method protocol version language source folder folders
summary events result results entries timings cookies querystring headerssize bodysize postdata mimetype content connect receive
property properties classname timestamp hostname encoding function object string number boolean default retries executions
run.started run.finished iteration.started iteration.finished item.started item.finished phase.started script.started script.finished
exception variable.set request.sent response.received request.failed threshold errored <details> </details> <summary> </summary>
details severity executed snippet average maximum minimum responsecode information warning notice finishedat startedat document documents setnextrequest
`

//nolint:gochecknoglobals // a table
var syntaxTable = func() map[string]bool {
	m := map[string]bool{}
	for word := range strings.FieldsSeq(syntaxWords) {
		m[word] = true
	}
	return m
}()

// syntax reports whether a value is such a word, in any case.
func syntax(value string) bool { return syntaxTable[strings.ToLower(value)] }
