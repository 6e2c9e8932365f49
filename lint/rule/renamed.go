package rule

import (
	"fmt"
	"strings"

	"posthaste/collection"
	"posthaste/internal/vipps/facts"
	"posthaste/lint/subject"
	"posthaste/script/flow"
)

// renamedHosts finds texts that know a host by its old name only, such as a script's list of
// hosts to which a link may lead.
func renamedHosts(k *subject.Checker) {
	for _, s := range k.Scripts() {
		for i, line := range strings.Split(s.Event.Script.Source, "\n") {
			for _, r := range facts.Renames() {
				if at, found := onlyOld(s.Event.Script.Source, line, r); found {
					report(k, k.InScript(s, flow.Place{Line: i + 1, Col: at, Len: len(r.From)}, r.From, ""), r)
				}
			}
		}
	}
	variables := func(list []collection.Variable, file int) {
		for _, v := range list {
			for _, r := range facts.Renames() {
				if value := v.Value.String(); !v.Disabled {
					if _, found := onlyOld(value, value, r); found {
						f := inFile(k, subject.Written{Variable: v, File: file}, "")
						f.Name = v.Key
						report(k, f, r)
					}
				}
			}
		}
	}
	variables(k.C.Variables, -1)
	for i, f := range k.Files {
		variables(f.Env.Values, i)
	}
}

// onlyOld finds a host's old name in a line of a text that does not have the new one. In a
// regular expression the dots have backslashes. at is where the name begins in the line, in
// bytes.
func onlyOld(text, line string, r facts.Rename) (at int, found bool) {
	plain := func(s string) string { return strings.ToLower(strings.ReplaceAll(s, `\`, "")) }
	if !strings.Contains(plain(line), r.From) || strings.Contains(plain(text), r.To) {
		return 0, false
	}
	return max(strings.Index(strings.ToLower(line), r.From), 0), true
}

// report words the finding; both names have to be allowed for some time.
func report(k *subject.Checker, f subject.Finding, r facts.Rename) {
	f.Text = fmt.Sprintf("%s becomes %s on %s", r.From, r.To, facts.RenameDay)
	f.Hint = "allow both names: until that day the old one is used, and from then on the new one"
	k.Report(f)
}
