package run

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"posthaste/internal/cli/input"
	"posthaste/internal/cli/output"
	"posthaste/internal/cli/process"
	"posthaste/internal/selection"
	"posthaste/runner/event"
)

// A lastRun is what is stored of a run for --last-failed: which requests failed, by the
// fingerprints of their paths. Paths themselves are not stored, since a name can contain a
// secret.
type lastRun struct {
	// Collection is the path or URL, as it was given.
	Collection string   `json:"collection"`
	Failed     []string `json:"failed"` // fingerprints, see selection.Fingerprint

	failing map[string]event.Item // in steps under way, which may be tried again, by the step's id
}

// lastRunFile is the file that the last run of a collection is stored in: in the user's
// cache, never beside the collection. It is "" where there is no cache, as in many
// containers. The name is a hash of the absolute path, so that two collections of one name do
// not mix.
func lastRunFile(p *process.Process, collection string) string {
	dir := output.LastRuns(p)
	if dir == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(p.Path(collection)))
	return filepath.Join(dir, hex.EncodeToString(sum[:8])+".json")
}

// lastFailed returns the fingerprints of the paths of the requests that failed in the last
// run of the collection. It is an error when there was no such run, or none failed: running
// everything instead would surprise.
func lastFailed(p *process.Process, collection string) ([]string, error) {
	data, err := os.ReadFile(lastRunFile(p, collection))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, process.Usage("run it once without --last-failed", "there is no record of a last run of %s", collection)
	}
	var last lastRun
	if err == nil {
		err = json.Unmarshal(data, &last)
	}
	if err != nil {
		return nil, process.Usage("", "reading the last run: %w", err)
	}
	if len(last.Failed) == 0 {
		return nil, process.Usage("run it without --last-failed", "nothing failed in the last run of %s", collection)
	}
	return last.Failed, nil
}

// keep writes what failed. A cache that cannot be written is no reason to fail a run, so
// errors are ignored. What came from standard input or a URL has no last run.
func (l *lastRun) keep(p *process.Process) {
	path := lastRunFile(p, l.Collection)
	if path == "" || input.IsURL(l.Collection) || l.Collection == "-" {
		return
	}
	data, err := json.Marshal(l)
	if err == nil && !output.Kept(path, data) && os.MkdirAll(filepath.Dir(path), 0o700) == nil { // only the owner may read it
		_ = os.WriteFile(path, data, 0o600) // see above
	}
}

// see notes the failures of an event. A failed step that is retried counts only if the last
// try failed, so failures wait in failing until their step ends.
func (l *lastRun) see(e event.Event) {
	switch e := e.(type) {
	case event.Assertion:
		if e.Error != nil {
			l.fails(e.Step, e.Item)
		}
	case event.RequestFailed:
		l.fails(e.Step, e.Item)
	case event.ItemFinished:
		if item, failed := l.failing[e.Step.ID]; failed && !e.Retried {
			l.add(item)
		}
		delete(l.failing, e.Step.ID)
	case event.RunFinished:
		for _, item := range l.failing { // of a run that was cut short
			l.add(item)
		}
	}
}

// fails marks the request of a step as failed for now.
func (l *lastRun) fails(step event.Step, item event.Item) {
	if l.failing == nil {
		l.failing = map[string]event.Item{}
	}
	l.failing[step.ID] = item
}

// add stores a request once, even if it failed in many iterations.
func (l *lastRun) add(item event.Item) {
	if path := selection.Fingerprint(strings.Join(item.FullPath(), "/")); !slices.Contains(l.Failed, path) {
		l.Failed = append(l.Failed, path)
	}
}
