package run

import (
	"fmt"
	"slices"
	"strings"

	"posthaste/internal/cli/output"
	"posthaste/internal/cli/process"
	"posthaste/internal/ledger"
	"posthaste/runner"
	"posthaste/runner/event"
)

// teardownVariable is the collection variable by which a collection brings its teardown:
// globs on paths, separated by commas or lines.
const teardownVariable = "posthaste.teardown"

// hintTeardown shows what --teardown takes.
const hintTeardown = "such as --teardown 'Teardown/**'; posthaste list shows the paths"

// undone selects the requests of the teardown: those that options name, and those that the
// collection brings. A glob of the collection's variable that matches nothing is an error: it
// would leave payments open in silence. Those of options are checked over all collections,
// see undoesSomething.
func (r *running) undone(opt *runner.Options) error {
	text, given := brought(r.collection, teardownVariable)
	var own []string
	for glob := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == '\n' }) {
		if glob = strings.TrimSpace(glob); glob != "" {
			own = append(own, glob)
		}
	}
	if given && len(own) == 0 {
		return process.Usage("give it a glob, such as Teardown/**, or remove the variable", "the variable %s of %s names no request", teardownVariable, r.source)
	}
	for _, glob := range own {
		take, err := globs("teardown", []string{glob})
		if err != nil {
			return process.Usage("", "the variable %s of %s: %w", teardownVariable, r.source, err)
		}
		if !slices.ContainsFunc(r.collection.Requests(), take) {
			return process.Usage("posthaste list shows the paths", "the variable %s of %s: no request matches %s", teardownVariable, r.source, glob)
		}
	}
	var err error
	opt.TeardownGlobs = append(own, r.flags.teardown...)
	opt.Teardown, err = globs("teardown", opt.TeardownGlobs)
	return err
}

// undoesSomething refuses a glob of --teardown that matches no request of any collection of
// the run.
func (r *running) undoesSomething(all []runner.Options) error {
	for _, glob := range r.flags.teardown {
		take, err := globs("teardown", []string{glob})
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(opt runner.Options) bool { return slices.ContainsFunc(opt.Collection.Requests(), take) }) {
			return process.Usage(hintTeardown, "--teardown %s matches no request", glob)
		}
	}
	return nil
}

// A journalKeeper writes what `posthaste teardown` needs of a run, and knows whether the run
// has left something to it. The journal is written while the run goes on, since a run that is
// killed is the one that needs it. Without a teardown there is no journal, only the ledger
// for notices.
type journalKeeper struct {
	journal *output.Journal // nil without a teardown
	ledger  *ledger.Ledger  // nil before the first request
	warn    func(format string, args ...any)
	reports *output.Reports
	undoes  bool // the run has a teardown
	cut     bool // a teardown was ended before it was through
}

// keepsJournal opens the journal of a run that has a teardown.
func (r *running) keepsJournal(all []runner.Options, out *output.Reports, i *process.Interruption) *journalKeeper {
	k := &journalKeeper{reports: out, warn: r.process.Warn}
	if !slices.ContainsFunc(all, func(opt runner.Options) bool { return opt.Teardown != nil }) {
		return k
	}
	k.undoes = true
	// The first Ctrl-C lets the teardown run to its end.
	i.Patient()
	k.journal = out.Journal(r.process)
	for n := range all {
		all[n].Journal = k.journal.Write
	}
	return k
}

// see looks at an event as it happened, unmasked: the ledger compares references.
func (k *journalKeeper) see(e event.Event) {
	switch e := e.(type) {
	case event.Checkpoint, event.ResponseReceived, event.RequestFailed:
		k.begun().Add(e)
	case event.ItemFinished:
		if k.ledger != nil {
			k.ledger.Add(e)
		}
	case event.TornDown:
		k.cut = k.cut || e.Cut
	}
}

// begun returns the ledger. A run that sends nothing needs not read its rules.
func (k *journalKeeper) begun() *ledger.Ledger {
	if k.ledger == nil {
		rules, err := ledger.Vipps()
		if err != nil {
			k.warn("%s", err)
		}
		k.ledger = ledger.New(rules)
	}
	return k.ledger
}

// begin starts the journal when the run starts, and tells the reports before the run's end
// what is still open.
func (k *journalKeeper) begin(e event.Masked) error {
	if _, ends := e.Event().(event.RunFinished); ends && k.ledger != nil { // see has set it by then
		if err := openNotices(k.ledger, k.reports, k.undoes); err != nil {
			return err
		}
	}
	return k.journal.Begin(e)
}

// end prints how to undo what the run has left, and closes the journal: a journal that is not
// needed any more is removed.
func (k *journalKeeper) end(r *running) {
	if k.cut {
		command := "posthaste run " + shellWord(r.source) + " --folder …"
		if k.journal != nil {
			command = "posthaste teardown " + shellWord(k.journal.Path)
			if r.flags.environment != "" {
				command += " -e " + shellWord(r.flags.environment)
			}
		}
		fmt.Fprintf(r.process.Stderr, "posthaste: hint: what the run has made may still be there. This gives it back:\n  %s\n", command)
	}
	k.journal.End(k.cut)
}

// shellWord is a word as a POSIX shell takes it: plain, or in single quotes. Commands in
// hints are meant to be pasted.
func shellWord(s string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@%+,"
	if s != "" && strings.Trim(s, plain) == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// openNotices reports, before the run's end, what the run has created and not undone, such as
// a payment that is still reserved. It acts on RunFinished only: reports close with that
// event. undoes says that the run has a teardown, for the hint.
func openNotices(l *ledger.Ledger, out *output.Reports, undoes bool) error {
	hint := "a run with --teardown GLOB gives back what it has made: docs/money.md"
	if undoes {
		hint = "the teardown has not given it back"
	}
	for _, o := range l.Open() {
		if err := out.Report(out.Masked(event.Notice{Level: "warn", Code: event.CodeOpen, Text: o.Text, Hint: hint})); err != nil {
			return err
		}
	}
	return nil
}
