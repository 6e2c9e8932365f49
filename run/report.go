package run

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"posthaste/internal/redact"
	"posthaste/reporters"
	"posthaste/reporters/report"
	"posthaste/runner"
	"posthaste/runner/event"
	"posthaste/runner/recording"
)

// outputs are the reports of a run. Those of the terminal get the events as they come; the others are made at the end,
// from a spool, masked by all secrets that are known then.
type outputs struct {
	sums      event.Summary
	live      []*output
	later     []*output
	spool     *recording.Spool
	secrets   *redact.Set
	bodies    int  // bytes of each body that the reports want to see
	documents bool // a report wants the JSON of the items
	temporary []*os.File
}

// An output is a report that is being made.
type output struct {
	report.Reporter
	name string
	err  error // the first; it hears nothing more then
}

// open makes the reporters.
func (o *Options) open(secrets *redact.Set) (*outputs, error) {
	out := &outputs{secrets: secrets}
	for _, r := range o.Reports {
		if err := o.openOne(out, r); err != nil {
			out.discard()
			return nil, fmt.Errorf("making the %s report: %w", r.Name, err)
		}
	}
	if len(out.later) > 0 {
		file, err := out.file()
		if err != nil {
			return nil, err
		}
		out.spool = recording.NewSpool(file)
	}
	return out, nil
}

func (o *Options) openOne(out *outputs, r Report) error {
	spec, known := reporters.Find(r.Name)
	switch {
	case !known:
		return fmt.Errorf("there is no such reporter; %s are", strings.Join(reporters.Names(), ", "))
	case r.Out == nil:
		return errNoOut
	}
	cfg := report.Config{
		Out: r.Out, Options: r.Options, Now: o.Now, Terminal: report.Terminal{Unicode: true, Width: 80}, Mask: out.text,
		Spool: func() (io.ReadWriteSeeker, error) { return out.file() },
	}
	made, err := spec.New(cfg)
	if err != nil {
		return err
	}
	out.bodies, out.documents = max(out.bodies, spec.BodyBytes(cfg)), out.documents || spec.Documents
	one := &output{Reporter: made, name: spec.Name}
	if spec.Extension == "" {
		out.live = append(out.live, one)
	} else {
		out.later = append(out.later, one)
	}
	return nil
}

// text masks a text by what is known now.
func (o *outputs) text(text string) string {
	if o.secrets == nil {
		return text
	}
	return o.secrets.Text(text)
}

// file makes a file that nobody else may read, and that is removed at the end.
func (o *outputs) file() (*os.File, error) {
	file, err := os.CreateTemp("", "posthaste-") // 0600
	if err != nil {
		return nil, fmt.Errorf("making a spool: %w", err)
	}
	o.temporary = append(o.temporary, file)
	return file, nil
}

// report hands an event to the reports. Its error is the first of a report that cannot be written: it ends the run.
func (o *outputs) report(e event.Masked) error {
	o.sums.Add(e.Event())
	var failed error
	if o.spool != nil {
		failed = o.spool.Write(e)
	}
	for _, r := range o.live {
		if r.err == nil {
			if r.err = r.Report(e, &o.sums); r.err != nil {
				failed = errors.Join(failed, r.failure())
			}
		}
	}
	return failed
}

func (r *output) failure() error {
	if r.err == nil {
		return nil
	}
	return fmt.Errorf("writing the %s report: %w", r.name, r.err)
}

// finish makes the reports that wait for the end of the run. The error joins those of all reports.
func (o *outputs) finish() error {
	var failed []error
	if o.spool != nil {
		var known runner.Secrets
		if o.secrets != nil {
			known = o.secrets
		}
		again := runner.Masker(known)
		var sums event.Summary
		failed = append(failed, o.spool.Replay(func(e event.Masked) error {
			e = e.Again(again)
			sums.Add(e.Event())
			for _, r := range o.later {
				if r.err == nil {
					r.err = r.Report(e, &sums)
				}
			}
			return nil
		}))
	}
	for _, r := range append(o.live, o.later...) {
		failed = append(failed, r.failure())
	}
	return errors.Join(failed...)
}

// discard removes what was only needed while the run went on.
func (o *outputs) discard() {
	for _, file := range o.temporary {
		_ = file.Close() // it is removed next
		_ = os.Remove(file.Name())
	}
	o.temporary = nil
}
