package rule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"posthaste/collection"
	"posthaste/internal/near"
	"posthaste/lint/subject"
	"posthaste/script/flow"
)

// syntax finds scripts that do not parse, by the parser that runs them.
func syntax(k *subject.Checker) {
	for _, s := range k.Scripts() {
		if s.Flow.Fault != nil {
			f := k.InScript(s, s.Flow.Fault.Place, "", "the "+s.Event.Listen+" script does not parse, so none of it runs: "+s.Flow.Fault.Message)
			if line := s.Flow.Fault.Place.Line; line > 1 && missesComma(s.Flow.Fault.Message) {
				f.Hint = fmt.Sprintf("the cause may stand at the end of the script's line %d: a comma, a bracket", line-1)
			}
			k.Report(f)
		}
	}
}

// missesComma reports whether a value stands where the end of the one before it was expected:
// the mistake is then on the line above.
func missesComma(message string) bool {
	for _, what := range []string{"identifier", "string", "number", "template"} {
		if strings.HasPrefix(message, "SyntaxError: Unexpected "+what) {
			return true
		}
	}
	return false
}

// jumps finds setNextRequest with a target that does not exist, or that several requests
// have. Targets that are computed are not in Flow.Jumps.
func jumps(k *subject.Checker) {
	var names []string
	for _, s := range k.Steps {
		names = append(names, s.Item.Name)
	}
	for _, s := range k.Scripts() {
		for _, j := range s.Flow.Jumps {
			count := 0
			for _, step := range k.Steps {
				if step.Item.Name == j.Target || step.Item.ID == j.Target {
					count++
				}
			}
			switch {
			case count == 0:
				f := k.InScript(s, j.Place, j.Target, fmt.Sprintf("there is no request %q to jump to: the run would end here", j.Target))
				if best := near.Names(j.Target, names, 1); len(best) > 0 {
					f.Hint = fmt.Sprintf("did you mean %q?", best[0])
				}
				k.Report(f)
			case count > 1:
				f := k.InScript(s, j.Place, j.Target, fmt.Sprintf("%d requests are called %q, and the jump goes to the last of them", count, j.Target))
				f.Hint = "give them different names, or jump by id"
				k.Report(f)
			}
		}
	}
}

// vacuous finds tests that can never fail, as the analysis of the script has judged them.
func vacuous(k *subject.Checker) {
	for _, s := range k.Scripts() {
		for _, t := range s.Flow.Tests {
			if t.Vacuous != "" {
				k.Report(k.InScript(s, t.Place, t.Name, fmt.Sprintf("the test %q %s", t.Name, t.Vacuous)))
			}
		}
		for _, at := range s.Flow.Hollow {
			f := k.InScript(s, at, "", "the expectation says what to look at and not what to expect of it, so it never fails")
			f.Hint = "add what is expected, such as .to.equal(…) or .to.be.true"
			k.Report(f)
		}
	}
}

// unasserted tells which requests nothing looks at, in one finding. A script that does not
// parse is another rule's.
func unasserted(k *subject.Checker) {
	var list []*subject.Step
	for _, s := range k.Steps {
		all := append(s.Pre[:len(s.Pre):len(s.Pre)], s.Test...)
		if !slices.ContainsFunc(all, func(x subject.Scripted) bool { return x.Flow.Asserts || x.Flow.Fault != nil }) {
			list = append(list, s)
		}
	}
	if len(list) == 0 {
		return
	}
	text := "no test looks at this request's answer"
	if len(list) > 1 {
		text = fmt.Sprintf("no test looks at the answers of %d of the %d requests, this one first", len(list), len(k.Steps))
	}
	f := k.Finding(list[0].Item, list[0].Item.Name, text)
	f.Hint = "add a test such as pm.response.to.have.status(200): without one a run is green whatever comes back"
	for _, s := range list[1:] {
		f.Also = append(f.Also, subject.Joined(append(s.Item.Path(), s.Item.Name)))
	}
	k.Report(f)
}

// bareToken finds Authorization headers that send a token without its scheme.
func bareToken(k *subject.Checker) {
	var list []subject.Finding
	for _, s := range k.Steps {
		for _, h := range s.Item.Request.Header {
			if h.Disabled || !strings.EqualFold(h.Key, "authorization") {
				continue
			}
			name, ok := onlyVariable(h.Value)
			if !ok || !isBareToken(k, name) {
				continue
			}
			f := k.Here(s, subject.Use{Name: name, Owner: s.Item, Keys: []string{"request", "header"}},
				fmt.Sprintf("Authorization is {{%s}} alone, which a script sets to the bare token: the scheme is missing", name))
			f.Hint = "write Bearer {{" + name + "}}"
			list = append(list, f)
		}
	}
	k.Gathered(list)
}

// onlyVariable returns the name of a text that is one placeholder, blanks around it aside.
func onlyVariable(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "{{") || !strings.HasSuffix(text, "}}") || strings.Count(text, "{{") != 1 {
		return "", false
	}
	return text[2 : len(text)-2], true
}

// isBareToken reports whether all that sets a variable takes the access token as the answer
// has it. One setter that adds the scheme is enough to be silent.
func isBareToken(k *subject.Checker, name string) bool {
	list := k.Setters(name)
	for _, by := range list {
		if !by.Set.Bare || !slices.ContainsFunc(by.Set.Reads, func(r flow.Read) bool {
			return len(r.Path) > 0 && near.Fold(r.Path[len(r.Path)-1]) == "accesstoken"
		}) {
			return false
		}
	}
	return len(list) > 0
}

// pathVariables finds segments such as :id that nothing fills. A number behind the colon is a
// port or a time.
func pathVariables(k *subject.Checker) {
	for _, s := range k.Steps {
		u := s.Item.Request.URL
		for _, segment := range strings.Split(strings.SplitN(u.Resolved(), "?", 2)[0], "/") {
			if name, ok := strings.CutPrefix(segment, ":"); ok && name != "" && !strings.ContainsAny(name, "{}:") && !isNumber(name) {
				f := k.Finding(s.Item, name, fmt.Sprintf("the path variable :%s has no value and goes out as it is written", name))
				f.Put(k.At(s.Item, []string{"/:" + name, ":" + name, name}, "request", "url"))
				f.Hint = "give it a value, a text, in the request's path variables"
				k.Report(f)
			}
		}
	}
}

// isNumber knows whole numbers.
func isNumber(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil
}

// duplicates finds requests and folders of one name beside each other, and variables of one
// name in one file.
func duplicates(k *subject.Checker) {
	jumpedTo := map[string]bool{}
	for _, s := range k.Scripts() {
		for _, j := range s.Flow.Jumps {
			jumpedTo[j.Target] = true
		}
	}
	var look func(list []*collection.Item)
	look = func(list []*collection.Item) {
		first := map[string]*collection.Item{}
		for _, it := range list {
			if other := first[it.Name]; other != nil && it.Name != "" {
				f := k.Finding(it, it.Name, fmt.Sprintf("%q is also the name of another %s in the same place", it.Name, kindOf(other)))
				f.Hint = "give it a name of its own: selections, jumps and reports go by names"
				f.Minor = !it.IsFolder() && !jumpedTo[it.Name] // two requests run all the same
				k.Report(f)
			} else {
				first[it.Name] = it
			}
			look(it.Items)
		}
	}
	look(k.C.Items)
	duplicateVariables(k, k.C.Variables, -1)
	for i, f := range k.Files {
		duplicateVariables(k, f.Env.Values, i)
	}
}

// duplicateVariables reports each name once, at the value that counts. file is an index of
// k.Files, -1 for the collection.
func duplicateVariables(k *subject.Checker, list []collection.Variable, file int) {
	seen := map[string]bool{}
	told := map[string]bool{}
	for _, v := range list {
		if v.Disabled || v.Key == "" {
			continue
		}
		if seen[v.Key] && !told[v.Key] {
			told[v.Key] = true
			f := inFile(k, subject.Written{Variable: v, File: file}, fmt.Sprintf("the variable %s stands here twice, and this one, the last, counts", v.Key))
			f.Hint = "remove or disable the other"
			k.Report(f)
		}
		seen[v.Key] = true
	}
}

// kindOf is the word for an item in messages.
func kindOf(it *collection.Item) string {
	if it.IsFolder() {
		return "folder"
	}
	return "request"
}
