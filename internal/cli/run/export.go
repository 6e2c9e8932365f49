package run

import (
	"crypto/rand"
	"fmt"
	"path/filepath"
	"strings"

	"posthaste/collection"
	"posthaste/internal/cli/output"
	"posthaste/internal/cli/process"
	"posthaste/runner"
	"posthaste/runner/event"
)

// export writes the files that --export-… name: environment, globals, collection and cookies
// as the run left them. They contain real values, unmasked, because the next run begins with
// them, so only their owner may read them. It runs after a failed run too.
func (r *running) export(result *runner.Result) error {
	f := r.flags
	opt := collection.ExportOptions{At: r.process.Now(), Compat: f.compat, Using: "Posthaste/" + r.process.Version}
	// A document is made only for a path that was given.
	for _, e := range []struct {
		what, path string
		document   func() []byte
	}{
		{"environment", f.exportEnvironment, func() []byte { return exportScope(r.environment, "environment", result.Environment, opt) }},
		{"globals", f.exportGlobals, func() []byte { return exportScope(r.globals, "globals", result.Globals, opt) }},
		{"collection", f.exportCollection, func() []byte {
			if f.compat { // newman: what scripts changed is not in it, which of them ran is
				opt.Execution = func(script string) string { return r.ran[script] }
			} else {
				opt.Variables = result.CollectionVariables
			}
			return r.collection.Export(opt)
		}},
		{"cookie-jar", f.exportCookieJar, func() []byte { return result.CookieJar }},
	} {
		if e.path == "" {
			continue
		}
		if err := r.writeExport(e.what, e.path, e.document()); err != nil {
			return fmt.Errorf("exporting the %s: %w", e.what, err)
		}
	}
	return nil
}

// checkExports finds out before the run whether the files of exports can be written: what a run has set is lost otherwise.
func (r *running) checkExports() error {
	f := r.flags
	if f.compat {
		return nil
	}
	for _, e := range [][2]string{
		{"environment", f.exportEnvironment}, {"globals", f.exportGlobals}, {"collection", f.exportCollection}, {"cookie-jar", f.exportCookieJar},
	} {
		if e[1] == "" || process.IsDir(r.process.Path(e[1])) {
			continue
		}
		file, err := output.Create(r.process, e[1])
		if err != nil {
			return process.Usage("name another place with --export-"+e[0]+" FILE", "exporting the %s: %w", e[0], err)
		}
		file.Discard()
	}
	return nil
}

// see records which scripts ran, for the export of a collection under --newman-compat: newman
// gives each script the id of its last execution there.
func (r *running) see(e event.Event) {
	started, ok := e.(event.ScriptStarted)
	if !ok || !r.flags.compat || r.flags.exportCollection == "" {
		return
	}
	if r.ran == nil {
		r.ran = map[string]string{}
	}
	r.ran[started.Script.ID] = collection.NewUUID(rand.Reader)
}

// exportScope is the file of an environment or of globals with the values that the run left.
// What else the file had, such as its name, is kept. A scope that came from no file gets an
// id, which importing asks for.
func exportScope(from *collection.Environment, scope string, values []collection.Variable, opt collection.ExportOptions) []byte {
	// A copy, so that the scope of the run stays.
	left := *from
	if left.ID == "" {
		left.ID = collection.NewUUID(rand.Reader)
	}
	left.Values, opt.Scope = values, scope
	return left.Export(opt)
}

// writeExport writes a file of variables with mode 0600: it contains secrets. A directory
// gets newman's file name with the time in UTC. A file that is there is replaced only when
// the new one is complete.
func (r *running) writeExport(what, path string, data []byte) error {
	if process.IsDir(r.process.Path(path)) {
		stamp := r.process.Now().UTC().Format("2006-01-02-15-04-05.000") // newman: lib/run/export-file.js
		path = filepath.Join(path, "newman-"+what+"-"+strings.ReplaceAll(stamp, ".", "-")+"-0.json")
	}
	file, err := output.Create(r.process, path)
	if err != nil {
		return err
	}
	file.Mode = 0o600
	if _, err := file.Write(data); err != nil {
		file.Discard()
		return err
	}
	return file.Commit()
}
