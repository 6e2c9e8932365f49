// Package migrate finds command lines of newman and of the Postman CLI in files, and rewrites them for Posthaste.
package migrate

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// A Change is one command line that was found, and what became of it.
type Change struct {
	Line     int // where it begins, from 1
	Old, New string
	Notes    []string

	start, end int
}

// invocation is how newman or the Postman CLI is called. What runs it from npm's folders belongs to it.
var invocation = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:(?:npx(?: +(?:--yes|-y|--no-install|--no))* +|yarn (?:run |exec |dlx )?|pnpm (?:exec |dlx )?|bunx )?(?:(?:\./|\.\./|[\w./$\\{}-]*/)?node_modules/(?:\.bin/)?)?newman(?:@[\w.^~-]+)?(?:/bin/newman(?:\.js)?)?|(?:npx +)?postman collection) run\b`)
})

// nodeBefore is what starts newman's file.
var nodeBefore = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`node +$`) })

// Rewrite returns a text with the command lines replaced, and what was changed.
// A command in an argument of another one is found when that one has been rewritten.
func Rewrite(text string) (string, []Change) {
	const deepest = 4
	var all []Change
	for range deepest {
		rewritten, changes := rewriteOnce(text)
		if len(changes) == 0 {
			break
		}
		text, all = rewritten, append(all, changes...)
	}
	return text, all
}

func rewriteOnce(text string) (string, []Change) {
	var changes []Change
	for _, m := range invocation().FindAllStringIndex(text, -1) {
		start, behind := m[0], m[1]
		within := len(changes) > 0 && start < changes[len(changes)-1].end // of another command's argument
		if within || isPart(text, start) || isComment(text, start) {
			continue
		}
		if node := nodeBefore().FindStringIndex(text[:start]); node != nil && strings.Contains(text[start:behind], "newman.js") {
			start = node[0]
		}
		changes = append(changes, rewriteOne(text, start, behind))
	}
	var out strings.Builder
	at := 0
	for _, c := range changes {
		out.WriteString(text[at:c.start])
		out.WriteString(c.New)
		at = c.end
	}
	out.WriteString(text[at:])
	return out.String(), changes
}

// isPart reports whether the name is the end of another word, such as my-newman. A Makefile's @ and - before a command are
// no part of it.
func isPart(text string, at int) bool {
	if at == 0 || !strings.ContainsRune("/-.@", rune(text[at-1])) {
		return false
	}
	line := text[strings.LastIndexByte(text[:at], '\n')+1 : at]
	return strings.Trim(line, "\t @-+") != ""
}

// isComment reports whether a place stands in a line that is a comment of a shell, of YAML or of a Makefile.
func isComment(text string, at int) bool {
	line := text[strings.LastIndexByte(text[:at], '\n')+1 : at]
	return strings.HasPrefix(strings.TrimSpace(line), "#")
}

// rewriteOne rewrites the command whose name ends at behind.
func rewriteOne(text string, start, behind int) Change {
	list := words(text, behind)
	end := behind
	if len(list) > 0 {
		end = list[len(list)-1].end
	}
	c := Change{Line: 1 + strings.Count(text[:start], "\n"), Old: text[start:end], start: start, end: end}
	r := rewriting{text: text, list: list, postman: strings.Contains(text[start:behind], "postman collection")}
	r.options()
	var out strings.Builder
	out.WriteString("posthaste run")
	at := behind
	for i, w := range list {
		replacement, changed := r.replaced[i]
		switch {
		case !changed:
			out.WriteString(text[at:w.end])
		case replacement != "":
			out.WriteString(text[at:w.start] + replacement)
		}
		at = w.end
	}
	c.New, c.Notes = out.String(), r.notes
	return c
}

// A rewriting is the options of one command line on their way.
type rewriting struct {
	text     string
	list     []word
	postman  bool
	replaced map[int]string // by the index of a word; "" takes it out
	notes    []string
}

func (r *rewriting) note(text string) {
	if !slices.Contains(r.notes, text) {
		r.notes = append(r.notes, text)
	}
}

func (r *rewriting) drop(i int) { r.replaced[i] = "" }

// known are the reporters that newman has or that ours stand for.
func known() []string {
	return []string{"cli", "json", "junit", "progress", "emojitrain", "teamcity", "html", "htmlextra", "csv", "ctrf", "tap", "har", "markdown"}
}

// options looks at each option that is not the same with us.
func (r *rewriting) options() {
	r.replaced = map[int]string{}
	exports := false
	for i := 0; i < len(r.list); i++ {
		name, value, joined := strings.Cut(r.list[i].plain(), "=")
		next := ""
		if !joined && i+1 < len(r.list) {
			next = r.list[i+1].plain()
			value = next
		}
		switch {
		case name == "-r" || name == "--reporters":
			r.reporters(i, name, value, joined)
		case strings.HasPrefix(name, "--reporter-"):
			exports = exports || strings.HasSuffix(name, "-export")
			r.reporterOption(i, strings.TrimPrefix(name, "--reporter-"), joined, next)
		case r.postman && name == "-i":
			r.replaced[i] = "--folder"
		case r.postman && slices.Contains([]string{"--integration-id", "--report-events", "--mock"}, name):
			r.drop(i)
			if !joined && next != "" && !strings.HasPrefix(next, "-") && name != "--report-events" {
				r.drop(i + 1)
			}
			r.note(name + " is for Postman's cloud and was taken out")
		case name == "--postman-api-key" && value != "":
			r.note("a key on a command line can be read by others: set POSTMAN_API_KEY instead")
		}
	}
	if r.postman {
		r.note("results are not sent to Postman; -o html=report.html writes a page. Collections of the cloud are read with POSTMAN_API_KEY set")
	}
	if files := r.written(); !exports && len(files) > 0 {
		r.note("reports without a file name go to posthaste-report/ and no longer to newman/: " + strings.Join(files, ", "))
	}
}

// written are the reporters of the line that write files.
func (r *rewriting) written() []string {
	var list []string
	for i, w := range r.list {
		if name := w.plain(); (name == "-r" || name == "--reporters") && i+1 < len(r.list) {
			for reporter := range strings.SplitSeq(r.list[i+1].plain(), ",") {
				if slices.Contains([]string{"json", "junit", "html", "htmlextra", "csv"}, reporter) {
					list = append(list, reporter)
				}
			}
		}
	}
	return list
}

// reporters takes those out that newman loads as plug-ins.
func (r *rewriting) reporters(i int, name, value string, joined bool) {
	var kept, gone []string
	for reporter := range strings.SplitSeq(value, ",") {
		reporter = strings.TrimSpace(reporter)
		if slices.Contains(known(), reporter) || strings.ContainsAny(reporter, "$%{") {
			kept = append(kept, reporter)
		} else if reporter != "" {
			gone = append(gone, reporter)
		}
	}
	if len(gone) == 0 || strings.HasPrefix(value, "-") {
		return
	}
	r.note("plug-ins of newman are not loaded, so " + strings.Join(gone, ", ") + " was taken out; other tools read the reports junit, ctrf, json and events")
	list := strings.Join(kept, ",")
	switch {
	case list == "" && joined:
		r.drop(i)
	case list == "":
		r.drop(i)
		r.drop(i + 1)
	case joined:
		r.replaced[i] = name + "=" + list
	default:
		r.replaced[i+1] = list
	}
}

// withoutCounterpart are options of newman-reporter-htmlextra that our page has no counterpart of, in lower case.
var withoutCounterpart = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^htmlextra-(template|logs|darkTheme|browserTitle|titleSize|show\w+|skip\w+|omit\w+|hide\w+|timezone|displayProgressBar|testPaging|noSyntaxHighlighting)$`)
})

// reporterOption takes options out that nothing reads.
func (r *rewriting) reporterOption(i int, option string, joined bool, next string) {
	reporter, _, _ := strings.Cut(option, "-")
	gone := ""
	switch {
	case withoutCounterpart().MatchString(option):
		gone = "the HTML report has no option " + strings.TrimPrefix(option, "htmlextra-") + ": it was taken out"
	case !slices.Contains(known(), reporter) && option != "export" && !strings.HasPrefix(option, "no-") && strings.Contains(option, "-"):
		gone = "--reporter-" + option + " is an option of a plug-in and was taken out"
	}
	if gone == "" {
		return
	}
	r.note(gone)
	r.drop(i)
	if !joined && next != "" && !strings.HasPrefix(next, "-") {
		r.drop(i + 1)
	}
}
