package lint

// A rule is one thing that Check looks for.
type rule struct {
	id       string
	severity Severity
	about    string // what it finds, in a sentence
	doc      string // what to know beyond that: why it matters, what it does not see
	fixes    bool   // some of its findings have a fix
	check    func(*checker)
}

// rules is the table of all rules, in the order of the documentation.
func rules() []rule {
	return append(append(variableRules(), scriptRules()...), fileRules()...)
}

func variableRules() []rule {
	return []rule{
		{
			id: "unset-variable", severity: Error, check: unset,
			about: "A variable is used that no file and no script sets.",
			doc: `The placeholder goes out as it is written. Names count every letter, case and blank, so near names are suggested.
Without an environment only names are reported that look like a slip of another or that a script meant to set and
cannot; the rest is listed as what an environment must have. A script that sets variables whose names it computes
silences the rule, since it may set any.`,
		},
		{
			id: "late-token", severity: Error, check: lateToken,
			about: "A request uses the token before the request that fetches it.",
			doc: `The first run sends what the environment holds in its place, which is nothing or a placeholder, and is
answered 401. Jumps back by setNextRequest are followed: what may run before counts. A value in the environment that is
neither empty nor a placeholder silences the rule.`,
		},
		{
			id: "late-variable", severity: Error, check: late,
			about: "A variable is only set by a script that runs after the request which uses it.",
			doc:   "As late-token, for every other variable. A request that sets what it uses itself, in its test script, is one too.",
		},
		{
			id: "wrong-answer", severity: Error, check: wrongAnswer,
			about: "A script sets a variable from an answer that the API does not give.",
			doc: `It wants another status, or a field that is not there: the variable stays empty and later requests fail for
a reason that is hard to see. The answers are those saved as examples with the request; for the Vipps MobilePay APIs, by
method and path, those of their published documentation (lint/answers.json). Only statuses of success are judged: who
asks for a 404 means to.`,
		},
		{
			id: "wrong-status", severity: Error, check: wrongStatus,
			about: "A test wants a status of success that the API never answers with.",
			doc:   "Judged as wrong-answer.",
		},
		{
			id: "placeholder", severity: Warning, check: unfilled,
			about: "A variable that requests use is empty or still holds the text that asks for a value.",
			doc: `Such as "<copy the client id here>". What scripts set before it is used is not reported: its placeholder is
overwritten.`,
		},
		{
			id: "bare-token", severity: Error, check: bareToken,
			about: "The Authorization header is a token without its scheme.",
			doc:   "The variable is set to access_token as the answer has it, and the header is that variable alone: `Bearer` is missing.",
		},
		{
			id: "wrong-scope", severity: Warning, check: scopes,
			about: "A script reads a variable from a scope that does not have it, while another scope has.",
			doc: `pm.environment.get knows what pm.environment.set set and the environment holds, not globals and not the
variables of the collection. Placeholders in requests know all scopes.`,
		},
		{
			id: "path-variable", severity: Warning, check: pathVariables,
			about: "A path variable such as `:id` has no value.",
			doc:   "It goes out as it is written. Numbers count as no value: only texts are put in.",
		},
	}
}

func scriptRules() []rule {
	return []rule{
		{
			id: "script-syntax", severity: Error, check: syntax,
			about: "A script does not parse.",
			doc:   "None of it runs, its tests included, and the request is sent all the same.",
		},
		{
			id: "unknown-jump", severity: Error, check: jumps,
			about: "A script jumps to a request that does not exist, or to a name that several have.",
			doc:   "setNextRequest with an unknown name ends the run. Targets that a script computes are not looked at.",
		},
		{
			id: "vacuous-test", severity: Warning, check: vacuous,
			about: "A test can never fail.",
			doc: `It has no assertion, or one that wants nothing, such as ` + "`pm.expect(x).to.be`" + `, or it catches what the assertion
throws, or it compares true with true. A test that calls a function of the script's own is taken to be able to fail.`,
		},
		{
			id: "no-assertion", severity: Info, check: unasserted,
			about: "Requests whose answers nothing looks at.",
			doc:   "One finding for the collection. A run is green whatever they answer; `run --strict` fails on 4xx and 5xx then.",
		},
	}
}

func fileRules() []rule {
	return []rule{
		{
			id: "unknown-key", severity: Warning, check: unknownKeys,
			about: "A key of the file looks like one of the format and is none, so what it holds is dropped in silence.",
			doc:   "In format 2 only near misses are reported; in format 3, whose lists of keys are closed, every unknown one.",
		},
		{
			id: "auth-key", severity: Error, check: authKeys,
			about: "An auth has a parameter that its type does not know, or lacks one that it needs.",
			doc:   "The request is then sent unsigned, or signed with nothing. Of jwt, oauth1, oauth2 and asap only near misses are reported.",
		},
		{
			id: "url-parts", severity: Warning, check: urlParts, fixes: true,
			about: "The URL's text and its parts say different things.",
			doc: `What is sent are the parts; the text, url.raw, is what people read. Parameters that are switched off and a
slash at the end make no difference. --fix writes the text anew.`,
		},
		{
			id: "hard-coded-host", severity: Warning, check: hosts,
			about: "A request names the host in full that other requests take from a variable.",
			doc: `With the environment of another system it still goes to the old one. Reported where the variable's value is
known and names the same host.`,
		},
		{
			id: "json-body", severity: Warning, check: jsonBodies,
			about: "A body that is sent as JSON is none.",
			doc: `Judged by the body's language, else by Content-Type. Placeholders count as numbers, inside texts as text; comments are
not sent.`,
		},
		{
			id: "duplicate-header", severity: Warning, check: headerLines, fixes: true,
			about: "A request has a header twice.",
			doc:   "With one value, --fix removes the second. Different values are reported for headers of which a request has one.",
		},
		{
			id: "blank-in-name", severity: Warning, check: blanks, fixes: true,
			about: "The name of a variable, header, parameter or form field begins or ends with a blank.",
			doc:   "Blanks count: a variable is not found, a header is refused. --fix removes them in JSON files.",
		},
		{
			id: "missing-file", severity: Error, check: files,
			about: "A body sends a file that is not there.",
			doc:   "Names with placeholders are not looked at.",
		},
		{
			id: "secret", severity: Error, check: secret,
			about: "A credential stands in the file in clear text.",
			doc: `Found by name (client_secret, Authorization, …) where the value looks like one, and by shape: JSON Web Tokens,
private keys, tokens with the prefix of their maker, in saved examples too. It is masked in everything that lint prints.
The example keys of the Vipps documentation and those of our simulator open nothing and are not reported. An environment
that was filled in is reported as well: it should not be committed.`,
		},
		{
			id: "duplicate-name", severity: Warning, check: duplicates,
			about: "Two requests or folders beside each other, or two variables of one file, have one name.",
			doc:   "`--folder`, jumps and reports go by names. Of two variables the last counts.",
		},
		{
			id: "format", severity: Warning, check: format,
			about: "The reader of the collection had to leave something out or to guess.",
			doc:   "Collections of format 3 only: scripts of a type that does not fit, files that are no requests, the pre-release dialect.",
		},
	}
}
