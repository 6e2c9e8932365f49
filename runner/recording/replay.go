// Package recording reads recordings: the events of runs that the events report wrote.
//
// Replay hands on the events of one run, Merge those of several as one run.
package recording

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"

	"posthaste/runner/event"
)

// cutShort is the error of a run whose events stop before it did, such as that of a machine
// that went away.
const cutShort = "the events end before the run did"

// errNoEvents is the error for an empty recording.
var errNoEvents = errors.New("there are no events")

// Replay hands the events that r holds to sink, in their order: those that the events report wrote, gzipped or not.
// What sink gets always ends with event.RunFinished. Where the recording lacks it, the run counts as cut short, with
// Reason "error". Replay's own error is that of reading, of an event that cannot be read, or of sink.
func Replay(r io.Reader, sink func(event.Masked) error) error {
	rec, err := newRecording(r)
	if err != nil {
		return err
	}
	if err := sink(event.Recorded(rec.start)); err != nil {
		return err
	}
	for {
		e, err := rec.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := sink(event.Recorded(e)); err != nil {
			return err
		}
	}
}

// A recording is the events of one run as they are read, one at a time.
type recording struct {
	dec   *event.Decoder
	start event.RunStarted
	ended bool
}

// newRecording reads the first event, which says what ran. It finds out by itself whether the
// text is gzipped.
func newRecording(r io.Reader) (*recording, error) {
	buffered := bufio.NewReader(r)
	// The magic number of gzip (RFC 1952 2.3.1).
	if head, err := buffered.Peek(2); err == nil && head[0] == 0x1f && head[1] == 0x8b {
		unzipped, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, fmt.Errorf("reading gzip: %w", err)
		}
		buffered = bufio.NewReader(unzipped)
	}
	rec := &recording{dec: event.NewDecoder(buffered)}
	first, err := rec.dec.Decode()
	if errors.Is(err, io.EOF) {
		return nil, errNoEvents
	}
	if err != nil {
		return nil, err
	}
	start, ok := first.(event.RunStarted)
	if !ok {
		return nil, fmt.Errorf("the first event is %s, not %s: this is no recording of a run", first.Kind(), event.RunStarted{}.Kind())
	}
	rec.start = start
	return rec, nil
}

// next returns the next event, and io.EOF after event.RunFinished. A recording that lacks the
// latter gets one.
func (rec *recording) next() (event.Event, error) {
	if rec.ended {
		return nil, io.EOF
	}
	e, err := rec.dec.Decode()
	switch {
	case err == nil:
		_, rec.ended = e.(event.RunFinished)
		return e, nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), rec.lastLine(err):
		rec.ended = true
		return event.RunFinished{Time: rec.start.Time, Reason: "error", Error: cutShort}, nil
	}
	return nil, err
}

// lastLine reports whether an error is that of a last line that was written in part. It reads
// on, and must be called only then.
func (rec *recording) lastLine(err error) bool {
	var bad *event.DecodeError
	if !errors.As(err, &bad) {
		return false
	}
	_, err = rec.dec.Decode()
	return errors.Is(err, io.EOF)
}
