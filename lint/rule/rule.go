// Package rule has the rules of lint, each a function of its subject, and their table.
//
// A rule reads the subject and reports findings; it changes nothing and knows no other rule. The table is in the
// order of docs/lint.md, which is written from it.
package rule

import (
	"slices"

	"posthaste/lint/subject"
)

// A Rule is one thing that Check looks for. Its id is what users switch off, so it never
// changes.
type Rule struct {
	Id       string
	Severity subject.Severity
	About    string // what it finds, in a sentence
	Doc      string // what to know beyond that: why it matters, what it does not see
	Fixes    bool   // some of its findings have a fix
	Check    func(*subject.Checker)
}

// All is the table of all rules, in the order of the documentation. Ids are unique, which a
// test checks.
func All() []Rule {
	return slices.Concat(variableRules(), scriptRules(), requestRules(), fileRules(), openAPIRules())
}

// variableRules are about values: where they come from, and when.
func variableRules() []Rule {
	return []Rule{
		{
			Id: "unset-variable", Severity: subject.Error, Check: unset,
			About: "A request uses a variable that no file and no script sets.",
			Doc: `The request is sent with the placeholder as it is written. Every letter of a name counts, also case and spaces, so lint suggests similar names.
Without an environment, a name is reported only if it looks like a typing mistake, or if a script tries to set it but
cannot. All other names are listed as variables that an environment must define. If a script computes the name of a variable
that it sets, the rule reports nothing, because the script may set any variable.`,
		},
		{
			Id: "late-token", Severity: subject.Error, Check: lateToken,
			About: "A request uses the token before the request that fetches it.",
			Doc: `The first run sends the value from the environment, which is empty or a placeholder, and the response is 401.
Jumps back by setNextRequest are followed: a request that may run earlier counts as earlier. If the environment has a
real value for the token, the rule reports nothing.`,
		},
		{
			Id: "late-variable", Severity: subject.Error, Check: late,
			About: "A variable is only set by a script that runs after the request which uses it.",
			Doc: "The same as late-token, for every other variable. A request that uses a variable and sets it only in its own test script is reported too, if an environment is given or the " +
				"collection has the variable. Otherwise the first value can only come from the environment.",
		},
		{
			Id: "wrong-answer", Severity: subject.Error, Check: wrongAnswer,
			About: "A script sets a variable from a response that the API does not give.",
			Doc: `It expects another status, or a field that does not exist. The variable stays empty, and later requests fail for
a reason that is hard to see. The rule compares with the examples saved with the request and, for the Vipps MobilePay APIs,
with the published documentation by method and path (internal/vipps/facts/answers.json). Only statuses of success are checked:
a script that expects 404 does so on purpose.`,
		},
		{
			Id: "wrong-status", Severity: subject.Error, Check: wrongStatus,
			About: "A test expects a status of success that the API never returns.",
			Doc:   "The rule compares with the same examples and documentation as wrong-answer.",
		},
		{
			Id: "placeholder", Severity: subject.Warning, Check: unfilled,
			About: "A variable that requests use is empty or still has a placeholder text as its value.",
			Doc: `For example "<copy the client id here>", https://your-shop.… as an address, or YOUR_API_TOKEN and change-me as a credential,
also in headers and auths. A variable that a script sets before it is used is not reported.`,
		},
		{
			Id: "bare-token", Severity: subject.Error, Check: bareToken,
			About: "The Authorization header is a token without its scheme.",
			Doc:   "A script sets the variable to the access_token of a response, and the header contains only that variable: `Bearer` is missing.",
		},
		{
			Id: "wrong-scope", Severity: subject.Warning, Check: scopes,
			About: "A script reads a variable from a scope that does not have it, but another scope has it.",
			Doc: `pm.environment.get returns only variables of the environment, not globals and not variables of the
collection. Placeholders in requests search all scopes.`,
		},
		{
			Id: "path-variable", Severity: subject.Warning, Check: pathVariables,
			About: "A path variable such as `:id` has no value.",
			Doc:   "It is sent as it is written. A number is not a value here: only texts are put into the URL.",
		},
	}
}

// scriptRules are about what scripts do, and fail to do.
func scriptRules() []Rule {
	return []Rule{
		{
			Id: "script-syntax", Severity: subject.Error, Check: syntax,
			About: "A script does not parse.",
			Doc:   "No part of the script runs, so its tests do not run either. The request is still sent.",
		},
		{
			Id: "unknown-jump", Severity: subject.Error, Check: jumps,
			About: "A script jumps to a request that does not exist, or to a name that several requests have.",
			Doc:   "setNextRequest with an unknown name ends the run. Names that a script computes are not checked.",
		},
		{
			Id: "vacuous-test", Severity: subject.Warning, Check: vacuous,
			About: "A test can never fail.",
			Doc: `It has no assertion, or an assertion that checks nothing, such as ` + "`pm.expect(x).to.be`" + `, or it catches the error of the
assertion, or it compares true with true. If a test calls a function that the script defines, lint assumes that it can fail.`,
		},
		{
			Id: "no-assertion", Severity: subject.Info, Check: unasserted,
			About: "Requests whose responses no test checks.",
			Doc:   "One finding for the collection. A run is green whatever these responses are; with `run --strict`, 4xx and 5xx are failures.",
		},
	}
}

// requestRules are about what requests say, and what of it is sent.
func requestRules() []Rule {
	return []Rule{
		{
			Id: "unknown-key", Severity: subject.Warning, Check: unknownKeys,
			About: "A key of the file is not a key of the format but looks like one, so its content is ignored without a message.",
			Doc:   "In format 2, only keys that are similar to a known key are reported. In format 3, every unknown key is reported.",
		},
		{
			Id: "auth-key", Severity: subject.Error, Check: authKeys,
			About: "An auth has a parameter that its type does not have, or a required parameter is missing.",
			Doc:   "The request is then sent without a signature or with an empty value. For jwt, oauth1, oauth2 and asap, only parameters that are similar to a known one are reported.",
		},
		{
			Id: "url-parts", Severity: subject.Warning, Check: urlParts, Fixes: true,
			About: "The text of a URL and its parts are different.",
			Doc: `The request is sent with the parts; the text, url.raw, is what people read. Disabled parameters and a slash at the
end do not count as a difference. --fix rewrites the text.`,
		},
		{
			Id: "hard-coded-host", Severity: subject.Warning, Check: hosts,
			About: "A request contains a host that other requests take from a variable.",
			Doc: `With another environment, this request still goes to the old host. It is reported if the value of the variable is
known and names the same host.`,
		},
		{
			Id: "renamed-host", Severity: subject.Warning, Check: renamedHosts,
			About: "A list of hosts has only the old name of a Vipps host, which is valid until 12 January 2027.",
			Doc: `MobilePay becomes Vipps: the landing pages pay.mobilepay.dk and pay.mobilepay.fi become pay.vipps.dk and
pay.vipps.fi. The rule checks scripts and variables. The hosts of the APIs keep their names.`,
		},
		{
			Id: "json-body", Severity: subject.Warning, Check: jsonBodies,
			About: "The body is sent as JSON but is not valid JSON.",
			Doc: `A body is JSON if its language says so, or else its Content-Type. A placeholder counts as a number, inside a text as text. Comments are
not sent. If the tests of a request expect only a status of 4xx, its body is wrong on purpose and not reported.`,
		},
		{
			Id: "duplicate-header", Severity: subject.Warning, Check: headerLines, Fixes: true,
			About: "A request has the same header twice.",
			Doc:   "If both have the same value, --fix removes the second. Different values are reported only for headers that a request may have once.",
		},
	}
}

// fileRules are about names, secrets and other files that a file refers to.
func fileRules() []Rule {
	return []Rule{
		{
			Id: "blank-in-name", Severity: subject.Warning, Check: blanks, Fixes: true,
			About: "The name of a variable, header, parameter or form field begins or ends with a space.",
			Doc:   "Spaces are part of the name: a variable is not found, a header is refused. --fix removes them in JSON files.",
		},
		{
			Id: "missing-file", Severity: subject.Error, Check: files,
			About: "A body sends a file that does not exist.",
			Doc: `File names with placeholders are not checked. If the file is in a directory above the collection, the finding is "info":
start the run in that directory.`,
		},
		{
			Id: "secret", Severity: subject.Error, Check: secret,
			About: "The file contains a credential in clear text.",
			Doc: `A credential is found by its name (client_secret, Authorization, …) if the value looks like a credential, and by its form: JSON Web Tokens,
private keys, tokens with the prefix of a known service, also in saved examples, and the session in a Cookie header. These are not reported:
sample passwords, keys for demonstrations, tokens whose text says that they are not real, credentials that a test expects to be refused with 401, and the
example keys of the Vipps documentation and of our simulator, which give no access. Lint masks every credential that it prints. An environment
with real values is reported too: do not commit it.`,
		},
		{
			Id: "duplicate-name", Severity: subject.Warning, Check: duplicates,
			About: "Two requests or folders in the same folder, or two variables of one file, have the same name.",
			Doc:   "`--folder`, jumps and reports use names. For two requests the finding is \"info\", unless a script jumps to the name. If a variable is there twice, the last one is used.",
		},
		{
			Id: "format", Severity: subject.Warning, Check: format,
			About: "Posthaste could not read a part of the collection, or had to guess its meaning.",
			Doc:   "Only for collections of format 3: scripts with a type that does not fit, files that are not requests, files in the pre-release version of the format.",
		},
	}
}
