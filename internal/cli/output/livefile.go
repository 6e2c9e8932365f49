package output

import (
	"bufio"
	"errors"
	"fmt"
	"os"

	"posthaste/internal/cli/process"
	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// A live report is in its file while the run goes on, a step at a time, masked by what was known when the step was over.
// The complete report takes its place; what stays of a run that is cut off is what it had come to.
type live struct {
	report.Reporter
	*os.File
	buf  *bufio.Writer
	temp *process.Temporary
}

// goLive makes the live report of an output.
func (rep *output) goLive(spec report.Spec, cfg report.Config) error {
	file, err := rep.temp.CreateLasting(rep.file.path)
	if err != nil {
		return fmt.Errorf("writing the %s report: %w", rep.name, err)
	}
	rep.live = &live{File: file, temp: rep.temp, buf: bufio.NewWriterSize(file, 64<<10)}
	cfg.Out = rep.live.buf
	rep.live.Reporter, err = spec.New(cfg)
	return err
}

// Report takes the next event. What is over is in the file.
func (l *live) Report(e event.Masked, s *event.Summary) error {
	if err := l.Reporter.Report(e, s); err != nil {
		return err
	}
	switch e.Event().(type) {
	case event.RunStarted, event.ItemFinished:
		return l.buf.Flush()
	}
	return nil
}

// Close writes the rest and closes the file.
func (l *live) Close() error { return errors.Join(l.buf.Flush(), l.File.Close()) }

// discard closes the file. One that nothing was written to goes, as that of a run that did not begin.
func (l *live) discard() {
	if l.Close() == nil { // else the report has taken its place
		l.temp.Remove(l.Name())
	}
}
