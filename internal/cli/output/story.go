package output

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"posthaste/internal/cli/process"
	"posthaste/reporters/report"
	"posthaste/runner/cause"
)

// mostStory is how many bytes are kept of the story of a run.
const mostStory = 1 << 20

// LastRuns is the directory in which a run leaves what later commands ask for: in the user's cache, never beside the
// collection. It is "" where there is no cache.
func LastRuns(p *process.Process) string {
	dir := p.Getenv("XDG_CACHE_HOME")
	if !filepath.IsAbs(dir) { // as its specification says: a relative one would be wherever the command was started
		home := p.Getenv("HOME")
		if home == "" {
			home = p.Getenv("LOCALAPPDATA")
		}
		if home == "" {
			return ""
		}
		dir = filepath.Join(home, ".cache")
	}
	return filepath.Join(dir, "posthaste", "last-run")
}

func storyFile(p *process.Process) string {
	if dir := LastRuns(p); dir != "" {
		return filepath.Join(dir, "story.json")
	}
	return ""
}

// Story is what went wrong in the run, masked by all that is known now.
func (o *Reports) Story() report.Story {
	s := report.NewStory(o.run, &o.Summary)
	if o.secrets == nil {
		return s
	}
	s.Run = o.secrets.Text(s.Run)
	masked := make([]*cause.Cause, len(s.Causes))
	for i, c := range s.Causes {
		masked[i] = c.Mapped(o.secrets.Text)
	}
	s.Causes = masked
	return s
}

// KeepStory keeps the story of the last run for explain. A cache that cannot be written is no reason to fail a run.
func KeepStory(p *process.Process, s report.Story) {
	path := storyFile(p)
	if path == "" {
		return
	}
	data, err := s.JSON()
	for err == nil && len(data) > mostStory && len(s.Causes) > 0 {
		cut := len(s.Causes) / 2
		s.Left += len(s.Causes) - cut
		s.Causes = s.Causes[:cut]
		data, err = s.JSON()
	}
	if err != nil || Kept(path, data) || os.MkdirAll(filepath.Dir(path), 0o700) != nil {
		return
	}
	file, err := os.CreateTemp(filepath.Dir(path), "story-") // 0600
	if err != nil {
		return
	}
	_, err = file.Write(data)
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
}

// Kept reports whether a file holds just data. Most runs end like the one before, and to compare takes less than to write.
func Kept(path string, data []byte) bool {
	info, err := os.Stat(path)
	if err != nil || info.Size() != int64(len(data)) {
		return false
	}
	old, err := os.ReadFile(path)
	return err == nil && bytes.Equal(old, data)
}

// LastStory reads the story of the last run.
func LastStory(p *process.Process) (report.Story, error) {
	var s report.Story
	data, err := os.ReadFile(storyFile(p))
	if errors.Is(err, fs.ErrNotExist) {
		return s, process.Usage("run a collection first, or name a recording: posthaste explain run.ndjson", "there is no record of a last run")
	}
	if err == nil {
		err = json.Unmarshal(data, &s)
	}
	if err != nil {
		return s, fmt.Errorf("reading the last run: %w", err)
	}
	return s, nil
}
