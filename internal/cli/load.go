package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"strings"

	"posthaste/collection"
	v3 "posthaste/collection/v3"
	"posthaste/runner"
)

// load reads the collection, the environment and the globals, and sets what flags set.
func (r *running) load(ctx context.Context) error {
	var err error
	if r.collection, err = r.readCollection(ctx); err != nil {
		return err
	}
	r.notices(r.collection.Notices)
	if r.environment, err = r.scope(ctx, "environment", r.flags.environment, r.flags.envVars); err != nil {
		return err
	}
	fromFiles, err := r.readEnvFiles()
	if err != nil {
		return err
	}
	r.environment.Values = append(r.environment.Values, fromFiles...)
	r.globals, err = r.scope(ctx, "globals", r.flags.globals, r.flags.globalVars)
	return err
}

// readCollection reads a file of format 1 or 2, or what format 3 keeps in directories and YAML.
func (r *running) readCollection(ctx context.Context) (*collection.Collection, error) {
	path := r.process.path(r.source)
	if !isURL(r.source) && (isDir(path) || isYAML(path)) {
		c, err := v3.ParsePath(r.source, path, v3.Options{Locate: true, NewID: stableIDs([]byte(path))})
		if workspace := (*v3.WorkspaceError)(nil); errors.As(err, &workspace) {
			return nil, usage("name one of them, or run them all with --all", "reading the collection: %w", err)
		}
		if err != nil {
			return nil, usage("", "reading the collection: %w", err)
		}
		return c, nil
	}
	name, data, err := r.from("collection", r.source).read(ctx)
	if err != nil {
		return nil, err
	}
	c, err := collection.Parse(name, data, collection.Options{NewID: stableIDs(data)})
	if err != nil {
		return nil, usage("", "reading the collection: %w", err)
	}
	return c, nil
}

// stableIDs makes ids for what has none, the same for the same file: reports of two runs, or of two shards, can be
// compared by them.
func stableIDs(data []byte) func() string {
	random := rand.NewChaCha8(sha256.Sum256(data))
	return func() string { return collection.NewUUID(random) }
}

func isYAML(path string) bool {
	return strings.HasSuffix(path, ".yaml") || strings.HasSuffix(path, ".yml")
}

// readScope reads an environment or globals: JSON, format 3's YAML, or an environment of the collection's
// workspace by its name.
func (r *running) readScope(ctx context.Context, what, text string) (*collection.Environment, error) {
	if !isURL(text) && text != "-" && !exists(r.process.path(text)) {
		if found := r.besides(text); found != "" {
			text = found
		}
	}
	name, data, err := r.from(what, text).read(ctx)
	if err != nil {
		return nil, err
	}
	var env *collection.Environment
	if isYAML(name) {
		env, err = v3.ParseEnvironment(name, data, v3.Options{})
	} else {
		env, err = collection.ParseEnvironment(name, data, collection.Options{})
	}
	if err != nil {
		return nil, usage("", "reading the %s: %w", what, err)
	}
	return env, nil
}

// besides finds an environment by name beside a collection of format 3, "" when there is none.
func (r *running) besides(name string) string {
	path := r.process.path(r.source)
	if !isDir(path) {
		return ""
	}
	root, rest, show := v3.Split(r.source, path)
	found, err := v3.FindEnvironment(os.DirFS(root), rest, name)
	if err != nil || found == "" {
		return ""
	}
	return show(found)
}

func (r *running) from(what, text string) source {
	return source{
		process: r.process, what: what, text: text, apiKey: r.flags.apiKey, api: r.api(),
		insecure: r.flags.insecure, roots: r.roots,
	}
}

// api is the base of the Postman API; tests put another in its place.
func (r *running) api() string {
	if base := r.process.env("POSTHASTE_POSTMAN_API"); base != "" {
		return strings.TrimSuffix(base, "/")
	}
	return postmanAPI
}

// scope reads an environment or globals and applies the key=value pairs of flags to it.
func (r *running) scope(ctx context.Context, what, text string, pairs []string) (*collection.Environment, error) {
	env := &collection.Environment{}
	if text != "" {
		var err error
		if env, err = r.readScope(ctx, what, text); err != nil {
			return nil, err
		}
		r.notices(env.Notices)
	}
	if r.flags.compat {
		for i := range env.Values {
			env.Values[i].Disabled = env.Values[i].Disabled && !env.Values[i].EnabledFalse
		}
	}
	for _, pair := range pairs {
		setPair(env, pair)
	}
	return env, nil
}

// setPair sets a variable as --env-var does: in the last enabled entry of that key, else in a new one. Without
// "=" the variable exists and is undefined (newman: it resolves to nothing).
func setPair(env *collection.Environment, pair string) {
	key, text, ok := strings.Cut(pair, "=")
	value := collection.Text(text)
	if !ok {
		value = collection.Value{}
	}
	for i := len(env.Values) - 1; i >= 0; i-- {
		if v := &env.Values[i]; v.Key == key && !v.Disabled {
			v.Value = value
			return
		}
	}
	env.Values = append(env.Values, collection.Variable{Key: key, Value: value})
}

func (r *running) notices(list []string) {
	for _, text := range list {
		r.process.warn("%s", text)
	}
}

// openData returns what opens the iteration data, again and again.
func (r *running) openData(ctx context.Context) (func() (io.ReadCloser, error), error) {
	s := r.from("iteration data", r.flags.data)
	path := r.process.path(s.text)
	if info, err := os.Stat(path); s.text != "-" && !isURL(s.text) && err == nil && info.Mode().IsRegular() {
		return func() (io.ReadCloser, error) { return os.Open(path) }, nil
	}
	_, data, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }, nil
}

// data opens the iteration data. Files are streamed; what comes from elsewhere is held in memory.
func (r *running) data(ctx context.Context) (runner.Rows, error) {
	open, err := r.openData(ctx)
	if err != nil {
		return nil, err
	}
	first, err := open()
	if err != nil {
		return nil, r.from("iteration data", r.flags.data).explain(err)
	}
	r.open = append(r.open, first)
	rows, err := collection.ParseData(r.flags.data, first, collection.DataOptions{Compat: r.flags.compat, Open: open})
	if err != nil {
		return nil, usage("", "reading the iteration data: %w", err)
	}
	if r.flags.dataRows == "" {
		return rows, nil
	}
	part, err := parseSlice(r.flags.dataRows)
	if err != nil {
		return nil, err
	}
	sliced := &slicedData{Rows: rows, slice: part}
	if n, known := sliced.Count(); known && n == 0 {
		whole, _ := rows.Count()
		return nil, errNoRows(r.flags.dataRows, whole)
	}
	return sliced, nil
}
