package lint

import (
	"cmp"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/internal/redact"
)

// A Severity says how bad a finding is. The zero Severity is Info.
type Severity int

// The severities, from the mildest on.
const (
	Info    Severity = iota // worth knowing
	Warning                 // likely a mistake, or one that waits to happen
	Error                   // the collection does not do what it says
)

// String returns "info", "warning" or "error".
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	default:
		return "info"
	}
}

// ParseSeverity reads what String writes.
func ParseSeverity(text string) (Severity, bool) {
	for s := Info; s <= Error; s++ {
		if s.String() == text {
			return s, true
		}
	}
	return Info, false
}

// A Finding is one thing that is wrong, at one place. What looks like a secret is masked in
// it, but for the text of Fix, which goes into the file.
type Finding struct {
	Rule     string
	Severity Severity
	Path     []string // names of the folders and the request; empty for the collection or a file of variables
	Script   string   // "prerequest" or "test" where it stands in a script, else ""
	Name     string   // the variable, key, file or request that it is about; "" when there is none
	Text     string   // what is wrong, in one sentence without a full stop
	Hint     string   // what to do about it, "" when that is plain
	File     string   // as the user named it
	Pos      collection.Pos
	Source   string   // the line at Pos; of a script, the script's line
	Mark     int      // where in Source what is meant begins, 1-based in bytes; 0 is unknown
	Length   int      // how many bytes of Source are meant; 0 is unknown
	Also     []string // other requests that the same is wrong with, as paths joined by " / "
	Fix      *Fix     // nil: nothing that is safe to change by itself

	order       int
	comment     string // the script that it stands in
	commentLine int
	mild        bool // a warning at most
}

// Options say what Check may look at. The zero value checks the collection alone with every rule.
type Options struct {
	// Source returns the text of a file by the name that the model gives it. nil leaves findings without their
	// source lines, and columns as good as the model knows them.
	Source func(file string) ([]byte, error)
	// Exists tells whether a file that a body names can be read. nil leaves such files unchecked.
	Exists func(file string) bool
	// Globals are variables too; what Check gets as environments goes before them.
	Globals *collection.Environment
	// Data are the names of iteration data's columns.
	Data []string
	// Notes are what the reader of the collection warned of.
	Notes []Note
	// Rules are the only rules to apply, Without those not to; empty Rules are all.
	Rules, Without []string
	// Severities change the severity of rules.
	Severities map[string]Severity
	// Least is the mildest severity that is reported.
	Least Severity
	// Ignore are rules to leave out below certain paths.
	Ignore []Ignored
}

// A Note is a warning of the collection's reader, such as v3's.
type Note struct {
	Code, File, Text, Hint string
	Pos                    collection.Pos
}

// An Ignored leaves rules out for a folder or request and what is below it.
type Ignored struct {
	Rule string // "" is every rule
	Path string // names joined by " / "; "" is everything
}

// Check returns what is wrong with a collection run with these environments, of which there is at most one in a
// run; several are as good as one that holds them all. Findings come in the order of the files.
//
// Without any environment or globals nothing is said of variables that they would have to give: see Needs.
func Check(c *collection.Collection, environments []*collection.Environment, opt Options) []Finding {
	k := newChecker(c, environments, opt)
	var found []Finding
	for i, r := range rules() {
		if !opt.applies(r.id) {
			continue
		}
		k.rule, k.found = r, nil
		r.check(k)
		for _, f := range k.found {
			f.Rule, f.Severity, f.order = r.id, r.severity, i
			if s, ok := opt.Severities[r.id]; ok {
				f.Severity = s
			}
			if f.mild {
				f.Severity = min(f.Severity, Warning)
			}
			if f.Severity >= opt.Least && !k.ignored(f) {
				found = append(found, f)
			}
		}
	}
	k.mask(found)
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(k.fileOrder(a.File), k.fileOrder(b.File)), cmp.Compare(a.File, b.File),
			cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col), cmp.Compare(a.order, b.order))
	})
	return found
}

func (o Options) applies(rule string) bool {
	return (len(o.Rules) == 0 || slices.Contains(o.Rules, rule)) && !slices.Contains(o.Without, rule)
}

// fileOrder puts the collection before the files of variables.
func (k *checker) fileOrder(file string) int {
	for i, v := range k.files {
		if v.env.File == file {
			return i + 1
		}
	}
	return 0
}

// mask takes secrets out of what is shown, and cuts long lines to what is around the mark, which moves with the
// text before it.
func (k *checker) mask(found []Finding) {
	secrets, longest := &redact.Set{}, 0
	for _, s := range k.secrets() {
		secrets.Add(s.name, s.value)
		longest = max(longest, len(s.value))
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
