package v3

import (
	"strings"

	"posthaste/collection"
)

// ParseEnvironment reads an environment or globals file of format 3. A variable that is
// linked to a vault has no value in the file; it is kept disabled, and a notice names it, so
// that a run shows it as missing. name is what errors call the file.
func ParseEnvironment(name string, data []byte, opt Options) (*collection.Environment, error) {
	f, err := parse(name, name, data)
	if err != nil {
		return nil, err
	}
	opt.Name = nil // the name is the user's already
	r := &reader{opt: opt, newID: opt.newID(), c: &collection.Collection{}}
	v := f.root
	if !v.isMap() {
		r.wrong(v, "write name: and values: as keys", "an environment is a map of keys and values, found %s", v.shown())
		return nil, r.err
	}
	if k := v.get("$kind"); k.text() != "" && k.text() != "environment" && k.text() != "globals" {
		r.wrong(k, "give a collection as a directory, and its environment with -e", "$kind is %q, which is no environment", k.text())
	}
	r.known(v, "an environment", "$kind", "$schema", "id", "name", "values", "color", "description")
	env := &collection.Environment{File: name, ID: r.text(v.get("id"), "id"), Name: r.text(v.get("name"), "name")}
	if env.Name == "" {
		env.Name = environmentStem(name)
	}
	if env.HasID = env.ID != ""; !env.HasID {
		env.ID = r.newID()
	}
	// The app writes a list. A map is understood, with a warning, since people write it by
	// hand.
	switch values := v.get("values"); {
	case values.isList():
		for _, e := range values.elements() {
			r.environmentValue(e, env)
		}
	case values.isMap():
		r.warn(values, "environment-values", "write a list of {key, value}", "values is a map, which Postman does not read")
		for _, p := range values.pairs() {
			env.Values = append(env.Values, collection.Variable{Key: p.key, Value: collection.Text(r.text(p.value, p.key))})
		}
	case !values.isNull():
		r.wrong(values, "write a list of {key, value}", "values: expected a list, found %s", values.shown())
	default:
		if !v.has("values") {
			r.warn(v, "environment-values", "write values: and a list of {key, value}", "the environment holds no variables")
		}
	}
	if r.err != nil {
		return nil, r.err
	}
	env.Notices = r.c.Notices
	return env, nil
}

// environmentStem is the name that an environment without name gets: its file's, without
// Postman's endings. "test.environment.yaml" is called test.
func environmentStem(name string) string {
	base := name[strings.LastIndexAny(name, `/\`)+1:]
	for _, part := range [...]string{".yaml", ".yml", ".environment", ".globals"} {
		base = strings.TrimSuffix(base, part)
	}
	return base
}

// environmentValue reads one variable. Newer files say enabled, older ones disabled; both may
// be there, and disabled decides. An entry without a name is left out, as the app does.
func (r *reader) environmentValue(e value, env *collection.Environment) {
	if !e.isMap() {
		r.wrong(e, "write {key: name, value: text}", "values: expected a map with key and value, found %s", e.shown())
		return
	}
	r.known(e, "a variable", "key", "value", "type", "enabled", "disabled", "description", "secret", "source")
	x := collection.Variable{
		Key: r.text(e.get("key"), "key"), Value: collection.Text(r.text(e.get("value"), "value")), Type: r.text(e.get("type"), "type"),
		Description: r.text(e.get("description"), "description"),
	}
	if x.Key == "" {
		r.warn(e, "environment-key", "write key: and the variable's name", "the variable has no name and was left out")
		return
	}
	if r.flag(e.get("secret"), "secret") {
		x.Type = "secret"
	}
	if enabled := e.get("enabled"); !enabled.isNull() {
		x.HasEnabled = true
		x.EnabledFalse = !r.flag(enabled, "enabled")
	}
	disabled := r.flag(e.get("disabled"), "disabled")
	x.EnabledFalse = x.EnabledFalse && !disabled
	x.Disabled = disabled || x.EnabledFalse
	if source := e.get("source"); source.isMap() && !e.has("value") {
		provider := source.get("provider").text()
		if provider == "" {
			provider = "a vault"
		}
		r.warn(source, "vault", "give its value on the command line", "%s is kept by %s, which cannot be asked from here, so the variable is not set", x.Key, provider)
		x.Disabled, x.Value = true, collection.Value{}
		x.Extra = []byte(`{"source":` + source.json().JSONText() + `}`) // for an export, which must not lose the link
	}
	env.Values = append(env.Values, x)
}
