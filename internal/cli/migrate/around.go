package migrate

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/tidwall/gjson"
)

// surroundings is what of newman stands around its command lines and needs a person: a pattern and a note.
func surroundings() [][2]string {
	return [][2]string{
		{`(?:npm (?:i|install|ci)|yarn (?:global )?add|pnpm add)\b[^\n;&|]*\bnewman\b`, "newman is installed here: install Posthaste instead (docs/ci.md)"},
		{`\bpostman/newman\b`, "newman's image is used here: use that of Posthaste, whose entry point is posthaste (docs/ci.md)"},
		{`uses: *[\w-]+/[\w-]*newman[\w-]*@`, "an action runs newman here: use a step with posthaste run, or our action (docs/ci.md)"},
		{`\bpostman login\b`, "no login is needed: set POSTMAN_API_KEY to read collections of Postman's cloud"},
		{`(?:require\(['"]newman['"]\)|from ['"]newman['"])`, "newman is used as a library here: docs/library.md shows ours, for Go"},
		{`(?m)(?:^|[\s"'=:])(?:\./)?newman/[\w*.-]*`, "reports are looked for in newman/ here: without a file name ours go to posthaste-report/"},
		{`\bbru run\b`, "Bruno's collections are not read: export them from Bruno as a Postman collection (docs/migrate.md)"},
		{`"newman(?:-reporter-[\w-]+)?"\s*:\s*"[\d^~*x.<>=-]+`, "newman is a dependency here: remove it"},
	}
}

// A Remark is a line that needs a person.
type Remark struct {
	Line int
	Text string
}

// Around finds what else of newman a file has.
func Around(text string) []Remark {
	var list []Remark
	for _, s := range surroundings() {
		for _, m := range regexp.MustCompile(s[0]).FindAllStringIndex(text, -1) {
			at := m[0] + len(text[m[0]:m[1]]) - len(strings.TrimLeft(text[m[0]:m[1]], " \t\r\n\"'=:"))
			if isComment(text, at) || invocation().MatchString(text[m[0]:min(len(text), m[1]+8)]) && strings.Contains(text[m[0]:m[1]], "newman/bin") {
				continue
			}
			list = append(list, Remark{1 + strings.Count(text[:at], "\n"), s[1]})
		}
	}
	return list
}

// Package rewrites the scripts of a package.json.
func Package(text string) (string, []Change) {
	var changes []Change
	var out strings.Builder
	at := 0
	gjson.Get(text, "scripts").ForEach(func(_, script gjson.Result) bool {
		rewritten, found := Rewrite(script.String())
		if len(found) == 0 || script.Index == 0 {
			return true
		}
		line := 1 + strings.Count(text[:script.Index], "\n")
		for _, c := range found {
			c.Line = line
			changes = append(changes, c)
		}
		out.WriteString(text[at:script.Index] + quoted(rewritten))
		at = script.Index + len(script.Raw)
		return true
	})
	out.WriteString(text[at:])
	return out.String(), changes
}

// quoted is a text as JSON, with < > & as they are.
func quoted(text string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(text) // a builder takes everything
	return strings.TrimSuffix(b.String(), "\n")
}

// Settings is a .newmanrc as a posthaste.yaml.
func Settings(text string) (string, error) {
	if !gjson.Valid(text) || !gjson.Parse(text).IsObject() {
		return "", fmt.Errorf("it is not a JSON object")
	}
	whole := gjson.Parse(text)
	if run := whole.Get("run"); run.IsObject() {
		whole = run
	}
	var b strings.Builder
	whole.ForEach(func(key, value gjson.Result) bool {
		switch {
		case value.Type == gjson.Null:
			return true
		case value.IsArray() && value.Get("0.key").Exists():
			fmt.Fprintf(&b, "%s:\n", kebab(key.String()))
			for _, e := range value.Array() {
				fmt.Fprintf(&b, "  %s: %s\n", quoted(e.Get("key").String()), quoted(e.Get("value").String()))
			}
		default: // JSON is YAML
			fmt.Fprintf(&b, "%s: %s\n", kebab(key.String()), strings.Join(strings.Fields(value.Raw), " "))
		}
		return true
	})
	return b.String(), nil
}

// kebab turns timeoutRequest into timeout-request. insecureFileRead stays: its meaning is the other way round.
func kebab(key string) string {
	if key == "insecureFileRead" || key == "sslExtraCaCerts" {
		return key
	}
	return strings.ToLower(regexp.MustCompile(`([a-z])([A-Z])`).ReplaceAllString(key, "$1-$2"))
}

// IsSettings reports whether a file is newman's file of options, by its name.
func IsSettings(name string) bool {
	base := filepath.Base(name)
	return base == ".newmanrc" || base == "newmanrc"
}
