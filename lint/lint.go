package lint

import (
	"cmp"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/internal/redact"
	"posthaste/internal/secret/find"
	"posthaste/lint/rule"
	"posthaste/lint/subject"
)

// Check returns what is wrong with a collection run with these environments (at most one in a
// run). Several are treated as one that holds them all. Findings come in the order of the files.
//
// Without any environment or globals nothing is said of variables that they would have to give: see Needs.
func Check(c *collection.Collection, environments []*collection.Environment, opt subject.Options) []subject.Finding {
	k := subject.New(c, environments, opt)
	var found []subject.Finding
	for i, r := range rule.All() {
		if !applies(opt, r.Id) {
			continue
		}
		k.Found = nil
		r.Check(k)
		for _, f := range k.Found {
			f.Rule, f.Severity, f.Order = r.Id, r.Severity, i
			if s, ok := opt.Severities[r.Id]; ok {
				f.Severity = s
			} else if f.Minor {
				f.Severity = subject.Info
			}
			if f.Mild {
				f.Severity = min(f.Severity, subject.Warning)
			}
			if f.Severity >= opt.Least && !ignored(k, f) {
				found = append(found, f)
			}
		}
	}
	mask(k, found)
	slices.SortStableFunc(found, func(a, b subject.Finding) int {
		return cmp.Or(cmp.Compare(fileOrder(k, a.File), fileOrder(k, b.File)), cmp.Compare(a.File, b.File),
			cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col), cmp.Compare(a.Order, b.Order))
	})
	return found
}

func applies(o subject.Options, rule string) bool {
	return (len(o.Rules) == 0 || slices.Contains(o.Rules, rule)) && !slices.Contains(o.Without, rule)
}

// fileOrder puts the collection before the files of variables.
func fileOrder(k *subject.Checker, file string) int {
	for i, v := range k.Files {
		if v.Env.File == file {
			return i + 1
		}
	}
	return 0
}

// mask takes secrets out of what is shown, and cuts long lines to what is around the mark, which moves with the
// text before it.
func mask(k *subject.Checker, found []subject.Finding) {
	secrets, longest := &redact.Set{}, 0
	for _, s := range rule.SecretsIn(k) {
		secrets.Add(s.Name, s.Value)
		longest = max(longest, len(s.Value))
	}
	for _, f := range found { // what the rule for secrets leaves out may be one all the same
		find.Text(f.Source, func(name, value string) {
			if !strings.Contains(value, "{{") { // the name of a variable is what the finding is about
				secrets.Add(name, value)
			}
		})
	}
	const (
		shown = 300 // bytes before and behind the mark
		forms = 4   // how much longer than the secret an escaped form of it may be
	)
	margin := shown + forms*longest // so that no part of a secret is left at the edge of what is shown
	for i := range found {
		f := &found[i]
		f.Text, f.Hint = secrets.Text(f.Text), secrets.Text(f.Hint)
		start := min(max(f.Mark-1, 0), len(f.Source))
		end := min(start+max(f.Length, 0), len(f.Source))
		from, to := max(start-margin, 0), min(end+margin, len(f.Source))
		part := f.Source[from:to]
		before, upTo, all := secrets.Text(part[:start-from]), secrets.Text(part[:end-from]), secrets.Text(part)
		if !strings.HasPrefix(all, upTo) || !strings.HasPrefix(upTo, before) {
			f.Source, f.Mark, f.Length = "", 0, 0 // the mark cuts a secret in two
			continue
		}
		marked, after := upTo[len(before):], all[len(upTo):]
		if from > 0 || len(before) > margin {
			before = strings.ToValidUTF8(before[max(len(before)-shown, 0):], "")
		}
		if to < len(f.Source) || len(after) > margin {
			after = strings.ToValidUTF8(after[:min(shown, len(after))], "")
		}
		if len(marked) > 2*shown {
			marked, after = strings.ToValidUTF8(marked[:2*shown], ""), ""
		}
		f.Source = before + marked + after
		if f.Mark > 0 {
			f.Mark, f.Length = len(before)+1, len(marked)
		}
	}
}

// A Rule is what can be told of a rule.
type Rule struct {
	ID       string
	Severity subject.Severity
	About    string // one sentence
	Fixes    bool
}

// Rules lists all rules.
func Rules() []Rule {
	var list []Rule
	for _, r := range rule.All() {
		list = append(list, Rule{r.Id, r.Severity, strings.ReplaceAll(r.About, "`", ""), r.Fixes})
	}
	return list
}
