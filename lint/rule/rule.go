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
			About: "A variable is used that no file and no script sets.",
			Doc: `The placeholder goes out as it is written. Names count every letter, case and blank, so near names are suggested.
Without an environment only names are reported that look like a slip of another or that a script meant to set and
cannot; the rest is listed as what an environment must have. A script that sets variables whose names it computes
silences the rule, since it may set any.`,
		},
		{
			Id: "late-token", Severity: subject.Error, Check: lateToken,
			About: "A request uses the token before the request that fetches it.",
			Doc: `The first run sends what the environment holds in its place, which is nothing or a placeholder, and is
answered 401. Jumps back by setNextRequest are followed: what may run before counts. A value in the environment that is
neither empty nor a placeholder silences the rule.`,
		},
		{
			Id: "late-variable", Severity: subject.Error, Check: late,
			About: "A variable is only set by a script that runs after the request which uses it.",
			Doc: "As late-token, for every other variable. A request that sets what it uses itself, in its test script, is one too, where an environment is given or the " +
				"collection has the variable: else its first value can only come from the environment.",
		},
		{
			Id: "wrong-answer", Severity: subject.Error, Check: wrongAnswer,
			About: "A script sets a variable from an answer that the API does not give.",
			Doc: `It wants another status, or a field that is not there: the variable stays empty and later requests fail for
a reason that is hard to see. The answers are those saved as examples with the request; for the Vipps MobilePay APIs, by
method and path, those of their published documentation (internal/vipps/facts/answers.json). Only statuses of success are judged: who
asks for a 404 means to.`,
		},
		{
			Id: "wrong-status", Severity: subject.Error, Check: wrongStatus,
			About: "A test wants a status of success that the API never answers with.",
			Doc:   "Judged as wrong-answer.",
		},
		{
			Id: "placeholder", Severity: subject.Warning, Check: unfilled,
			About: "A variable that requests use is empty or still holds the text that asks for a value.",
			Doc: `Such as "<copy the client id here>", and YOUR_API_TOKEN or change-me for what says who is asking, in headers and
auths too, and https://your-shop.… as an address. What scripts set before it is used is not reported.`,
		},
		{
			Id: "bare-token", Severity: subject.Error, Check: bareToken,
			About: "The Authorization header is a token without its scheme.",
			Doc:   "The variable is set to access_token as the answer has it, and the header is that variable alone: `Bearer` is missing.",
		},
		{
			Id: "wrong-scope", Severity: subject.Warning, Check: scopes,
			About: "A script reads a variable from a scope that does not have it, while another scope has.",
			Doc: `pm.environment.get knows what pm.environment.set set and the environment holds, not globals and not the
variables of the collection. Placeholders in requests know all scopes.`,
		},
		{
			Id: "path-variable", Severity: subject.Warning, Check: pathVariables,
			About: "A path variable such as `:id` has no value.",
			Doc:   "It goes out as it is written. Numbers count as no value: only texts are put in.",
		},
	}
}

// scriptRules are about what scripts do, and fail to do.
func scriptRules() []Rule {
	return []Rule{
		{
			Id: "script-syntax", Severity: subject.Error, Check: syntax,
			About: "A script does not parse.",
			Doc:   "None of it runs, its tests included, and the request is sent all the same.",
		},
		{
			Id: "unknown-jump", Severity: subject.Error, Check: jumps,
			About: "A script jumps to a request that does not exist, or to a name that several have.",
			Doc:   "setNextRequest with an unknown name ends the run. Targets that a script computes are not looked at.",
		},
		{
			Id: "vacuous-test", Severity: subject.Warning, Check: vacuous,
			About: "A test can never fail.",
			Doc: `It has no assertion, or one that wants nothing, such as ` + "`pm.expect(x).to.be`" + `, or it catches what the assertion
throws, or it compares true with true. A test that calls a function of the script's own is taken to be able to fail.`,
		},
		{
			Id: "no-assertion", Severity: subject.Info, Check: unasserted,
			About: "Requests whose answers nothing looks at.",
			Doc:   "One finding for the collection. A run is green whatever they answer; `run --strict` fails on 4xx and 5xx then.",
		},
	}
}

// requestRules are about what requests say, and what of it is sent.
func requestRules() []Rule {
	return []Rule{
		{
			Id: "unknown-key", Severity: subject.Warning, Check: unknownKeys,
			About: "A key of the file is not a key of the format but looks like one, so its content is dropped in silence.",
			Doc:   "In format 2 only near misses are reported; in format 3, whose lists of keys are closed, every unknown one.",
		},
		{
			Id: "auth-key", Severity: subject.Error, Check: authKeys,
			About: "An auth has a parameter that its type does not know, or lacks one that it needs.",
			Doc:   "The request is then sent unsigned, or signed with nothing. Of jwt, oauth1, oauth2 and asap only near misses are reported.",
		},
		{
			Id: "url-parts", Severity: subject.Warning, Check: urlParts, Fixes: true,
			About: "The URL's text and its parts say different things.",
			Doc: `What is sent are the parts; the text, url.raw, is what people read. Parameters that are switched off and a
slash at the end make no difference. --fix rewrites the text.`,
		},
		{
			Id: "hard-coded-host", Severity: subject.Warning, Check: hosts,
			About: "A request names the host in full that other requests take from a variable.",
			Doc: `With the environment of another system it still goes to the old one. Reported where the variable's value is
known and names the same host.`,
		},
		{
			Id: "renamed-host", Severity: subject.Warning, Check: renamedHosts,
			About: "A list of hosts knows a host of Vipps by the name that it loses on 12 January 2027 only.",
			Doc: `MobilePay becomes Vipps: the landing pages pay.mobilepay.dk and pay.mobilepay.fi become pay.vipps.dk and
pay.vipps.fi. Scripts and variables are looked at. The hosts of the APIs stay as they are.`,
		},
		{
			Id: "json-body", Severity: subject.Warning, Check: jsonBodies,
			About: "The body is sent as JSON but is not valid JSON.",
			Doc: `Judged by the body's language, else by Content-Type. Placeholders count as numbers, inside texts as text; comments are
not sent. A request whose tests want a status of 4xx and no other is broken on purpose.`,
		},
		{
			Id: "duplicate-header", Severity: subject.Warning, Check: headerLines, Fixes: true,
			About: "A request has a header twice.",
			Doc:   "With one value, --fix removes the second. Different values are reported for headers that a request can have only once.",
		},
	}
}

// fileRules are about names, secrets and other files that a file refers to.
func fileRules() []Rule {
	return []Rule{
		{
			Id: "blank-in-name", Severity: subject.Warning, Check: blanks, Fixes: true,
			About: "The name of a variable, header, parameter or form field begins or ends with a blank.",
			Doc:   "Blanks count: a variable is not found, a header is refused. --fix removes them in JSON files.",
		},
		{
			Id: "missing-file", Severity: subject.Error, Check: files,
			About: "A body sends a file that is not there.",
			Doc: `Names with placeholders are not looked at. A file that is in a directory above the collection is "info": the run is
to be started there.`,
		},
		{
			Id: "secret", Severity: subject.Error, Check: secret,
			About: "A credential stands in the file in clear text.",
			Doc: `Found by name (client_secret, Authorization, …) where the value looks like one, and by shape: JSON Web Tokens,
private keys, tokens with the prefix of their maker, in saved examples too, and the session in a Cookie header. Not reported are
sample passwords, keys for demonstrations, tokens that say to be nobody's, and what a test wants refused with 401. It is masked in everything that lint prints.
The example keys of the Vipps documentation and those of our simulator open nothing and are not reported. An environment
that was filled in is reported as well: it should not be committed.`,
		},
		{
			Id: "duplicate-name", Severity: subject.Warning, Check: duplicates,
			About: "Two requests or folders beside each other, or two variables of one file, have one name.",
			Doc:   "`--folder`, jumps and reports go by names. Two requests are info, unless a script jumps to the name. Of two variables the last counts.",
		},
		{
			Id: "format", Severity: subject.Warning, Check: format,
			About: "The reader of the collection had to leave something out or to guess.",
			Doc:   "Collections of format 3 only: scripts of a type that does not fit, files that are no requests, the pre-release dialect.",
		},
	}
}
