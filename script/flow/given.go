package flow

import "strings"

// A Giving is what a script may do to the variables and the requests of a run, judged so
// cautiously that Sure can be relied upon: a script is Sure where each word of it that could
// reach a variable is written in a form that is known. Requests that depend on nothing a
// script may do can be sent ahead.
type Giving struct {
	Names   []string // of variables that it may set
	Sure    bool     // it sets no other, and changes nothing about which requests are sent
	Request bool     // it may change the request
}

// Give looks for the words in a script's text, those in comments and strings with the others:
// one that is not understood makes the script unsure. Names that are computed, eval, require,
// packages, a vault, other names for pm, jumps and requests that are skipped are not
// understood. It reads text, not a tree: a wrong "unsure" costs a little time, and parsing
// every script would cost more.
func Give(source string) Giving {
	// \u can spell any word: \u0070m is pm.
	g := Giving{Sure: !strings.Contains(source, `\u`)}
	before := byte(0)
	for at := 0; at < len(source); {
		c := source[at]
		if !isWordByte(c) {
			if c != ' ' && c != '\t' && c != '\n' && c != '\r' {
				before = c
			}
			at++
			continue
		}
		end := at
		for end < len(source) && isWordByte(source[end]) {
			end++
		}
		word, rest := source[at:end], source[end:]
		if !g.word(word, before, rest) {
			g.Sure = false
		}
		// A word stands before the next one; which, does not matter.
		before, at = 'a', end
	}
	return g
}

// isWordByte reports whether a byte belongs to a word of JavaScript; all bytes above ASCII do
// here.
func isWordByte(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// word looks at a word, given what stands before and behind it. It is false for one that
// could do anything. before is the last byte that is no blank, so that a.pm is known to be a
// property.
func (g *Giving) word(word string, before byte, rest string) bool {
	switch word {
	case "eval", "Function", "constructor", "globalThis", "window", "self", "global", "this", "require", "import", "Reflect", "Proxy", "with",
		"setNextRequest", "skipRequest", "runRequest":
		return false
	// Legacy objects; as a property (pm.environment) the word behind pm has been looked at.
	case "environment", "globals":
		return before == '.'
	case "pm":
		return before == '.' || g.pm(rest)
	case "postman":
		return before == '.' || g.postman(rest)
	}
	return true
}

// pm looks at what is done with pm: rest is the text behind it.
func (g *Giving) pm(rest string) bool {
	name, rest := memberOf(rest)
	switch name {
	case "test", "expect", "response", "info", "cookies", "iterationData", "sendRequest", "visualizer":
		return true
	case "request":
		// Reading the request counts as changing it.
		g.Request = true
		return true
	case "environment", "globals", "collectionVariables", "variables":
		method, rest := memberOf(rest)
		switch method {
		case "get", "has", "toObject", "replaceIn", "unset", "clear", "name":
			return true
		case "set":
			return g.set(rest)
		}
	}
	return false
}

// postman looks at what is done with the legacy object.
func (g *Giving) postman(rest string) bool {
	name, rest := memberOf(rest)
	switch name {
	case "getEnvironmentVariable", "getGlobalVariable", "clearEnvironmentVariable", "clearGlobalVariable", "clearEnvironmentVariables",
		"clearGlobalVariables", "getResponseHeader", "getResponseCookie":
		return true
	case "setEnvironmentVariable", "setGlobalVariable":
		return g.set(rest)
	}
	return false
}

// set takes the name that a call sets, where it is written there as a literal without
// escapes. It is false for any other form.
func (g *Giving) set(rest string) bool {
	rest, ok := strings.CutPrefix(blank(rest), "(")
	rest = blank(rest)
	if !ok || rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return false
	}
	name, rest, ok := strings.Cut(rest[1:], rest[:1])
	rest = blank(rest)
	// "a" + b is no literal name.
	if !ok || strings.ContainsAny(name, "\\\n") || !strings.HasPrefix(rest, ",") && !strings.HasPrefix(rest, ")") {
		return false
	}
	g.Names = append(g.Names, name)
	return true
}

// memberOf is the name behind a dot, and what follows; "" where something else stands there,
// such as a bracket.
func memberOf(rest string) (name, behind string) {
	rest, ok := strings.CutPrefix(blank(rest), ".")
	if !ok {
		return "", rest
	}
	rest = blank(rest)
	end := 0
	for end < len(rest) && isWordByte(rest[end]) {
		end++
	}
	return rest[:end], rest[end:]
}

// blank drops white space at the beginning; comments are not white space here, and make a
// script unsure.
func blank(text string) string { return strings.TrimLeft(text, " \t\r\n") }
