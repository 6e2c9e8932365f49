package input

import (
	"context"
	"os"
	"strings"

	"posthaste/collection"
	v3 "posthaste/collection/v3"
	"posthaste/internal/cli/process"
	"posthaste/internal/filekind"
)

// Scope reads an environment or globals, what says which, and applies the key=value pairs of
// flags to it. Without a name it begins empty. An environment may be named as one of the
// workspace that the collection beside is part of.
func (r *Reader) Scope(ctx context.Context, what, name, beside string, pairs []string) (*collection.Environment, error) {
	env := &collection.Environment{}
	if name != "" {
		var err error
		if env, err = r.readScope(ctx, what, name, beside); err != nil {
			return nil, err
		}
		r.Process.WarnAll(env.Notices)
	}
	// newman ignores "enabled": false, which old environments have.
	if r.Compat {
		for i := range env.Values {
			env.Values[i].Disabled = env.Values[i].Disabled && !env.Values[i].EnabledFalse
		}
	}
	SetPairs(env, pairs)
	return env, nil
}

// readScope reads an environment or globals: JSON, format 3's YAML, or an environment of the
// collection's workspace by its name. A file of that name goes first.
func (r *Reader) readScope(ctx context.Context, what, text, beside string) (*collection.Environment, error) {
	if !IsURL(text) && text != "-" && !process.Exists(r.Process.Path(text)) {
		if found := r.besides(beside, text); found != "" {
			text = found
		}
	}
	name, data, err := r.Read(ctx, what, text)
	if err != nil {
		return nil, err
	}
	if r.Seen != nil {
		r.Seen(what, data)
	}
	var env *collection.Environment
	if isYAML(name) {
		env, err = v3.ParseEnvironment(name, data, v3.Options{})
	} else {
		env, err = collection.ParseEnvironment(name, data, collection.Options{})
	}
	if err != nil {
		return nil, Misfit(process.Usage("", "reading the %s: %w", what, err), what, name, data)
	}
	if r.Compat {
		return env, nil
	}
	if kind := filekind.Of(name, data); what == "environment" && kind == filekind.Globals {
		r.Process.Warn("%s is a globals file: -g gives globals, -e an environment", name)
	}
	if len(env.Values) == 0 {
		if strings.TrimSpace(string(data)) == "[]" {
			r.Process.Warn("the %s %s holds no variables", what, name)
		}
		return env, Misfit(nil, what, name, data)
	}
	return env, nil
}

// besides finds an environment by its name in the workspace of a collection of format 3, or
// "".
func (r *Reader) besides(from, name string) string {
	path := r.Process.Path(from)
	if !process.IsDir(path) {
		return ""
	}
	root, rest, show := v3.Split(from, path)
	found, err := v3.FindEnvironment(os.DirFS(root), rest, name)
	if err != nil || found == "" {
		return ""
	}
	return show(found)
}

// SetPairs sets variables as --env-var does: each in the last enabled entry of its key,
// otherwise in a new one. Without "=" the variable exists and is undefined (newman: it
// resolves to nothing). env is changed.
func SetPairs(env *collection.Environment, pairs []string) {
	last := map[string]int{}
	for i, v := range env.Values {
		if !v.Disabled {
			last[v.Key] = i
		}
	}
	for _, pair := range pairs {
		key, text, ok := strings.Cut(pair, "=")
		value := collection.Text(text)
		if !ok {
			value = collection.Value{}
		}
		if i, known := last[key]; known {
			env.Values[i].Value = value
			continue
		}
		last[key] = len(env.Values)
		env.Values = append(env.Values, collection.Variable{Key: key, Value: value})
	}
}
