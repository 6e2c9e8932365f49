package check

import (
	"context"
	"io/fs"
	"os"

	"posthaste/collection"
	"posthaste/internal/check/value"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/process"
	"posthaste/internal/variable"
	"posthaste/internal/vault"
)

// scopes reads the variables that a run with the same options would have, with their
// placeholders resolved in the same way: vault, environment (with --env-var, then
// --env-file), collection, globals. Each knows where it came from and, in a file, its line,
// for the findings.
func (f *checkFlags) scopes(ctx context.Context, p *process.Process) ([]value.Variable, error) {
	rules, err := f.rulesOfMap()
	if err != nil {
		return nil, err
	}
	var lines *keyLines
	r := &input.Reader{Process: p, APIKey: p.Getenv("POSTMAN_API_KEY"), Insecure: f.insecure, ExtraCA: f.extraCA, Map: rules}
	// The bytes are needed for the lines of variables.
	r.Seen = func(what string, data []byte) {
		if what == "environment" {
			lines = newKeyLines(data)
		}
	}
	environment, err := r.Scope(ctx, "environment", f.environment, f.collection, nil)
	if err != nil {
		return nil, err
	}
	globals, err := r.Scope(ctx, "globals", f.globals, f.collection, f.globalVars)
	if err != nil {
		return nil, err
	}
	parts := []part{{value.FromFile, environment.Values}, {value.FromGlobals, globals.Values}}
	pairs := &collection.Environment{}
	input.SetPairs(pairs, f.envVars)
	parts = append(parts, part{value.FromFlag, pairs.Values})
	if f.collection != "" {
		c, err := r.Collection(ctx, f.collection, input.Parsing{})
		if err != nil {
			return nil, err
		}
		parts = append(parts, part{value.FromCollection, c.Variables})
	}
	for _, name := range f.envFiles {
		one, err := dotenvPart(p, name)
		if err != nil {
			return nil, err
		}
		parts = append(parts, one)
	}
	stack, err := f.stack(p, parts)
	if err != nil {
		return nil, err
	}
	var list []value.Variable
	for _, part := range parts {
		for _, v := range part.variables {
			one := value.Variable{Name: v.Key, Value: v.Value.String(), Disabled: v.Disabled, Origin: part.origin}
			// A placeholder that cannot be resolved stays: the check reports it.
			if text, err := stack.Expand(one.Value); err == nil && text != one.Value {
				one.Written, one.Value = one.Value, text
			}
			if part.origin == value.FromFile && lines != nil {
				one.Line = lines.next(v.Key)
			}
			list = append(list, one)
		}
	}
	return list, nil
}

// A part is the variables of one origin, in the order of the file.
type part struct {
	origin    value.Origin
	variables []collection.Variable
}

// dotenvPart reads a file of KEY=value lines.
func dotenvPart(p *process.Process, name string) (part, error) {
	entries, err := input.ReadEnvFile(p, name)
	if err != nil {
		return part{}, err
	}
	one := part{origin: value.FromDotenv}
	for _, e := range entries {
		one.variables = append(one.variables, collection.Variable{Key: e.Key, Value: collection.Text(e.Value)})
	}
	return one, nil
}

// stack resolves placeholders as a run would: the vault first, then environment, collection
// and globals. The vault exists only if a flag names one.
func (f *checkFlags) stack(p *process.Process, parts []part) (*variable.Stack, error) {
	of := map[value.Origin][]collection.Variable{}
	for _, part := range parts {
		of[part.origin] = append(of[part.origin], part.variables...)
	}
	environment := append(append(append([]collection.Variable{}, of[value.FromFile]...), of[value.FromFlag]...), of[value.FromDotenv]...)
	stack := &variable.Stack{Scopes: []variable.Reader{
		variable.NewScope("environment", environment), variable.NewScope("collection", of[value.FromCollection]),
		variable.NewScope("globals", of[value.FromGlobals]),
	}}
	if len(f.vaults) == 0 {
		return stack, nil
	}
	v, err := vault.Open(f.vaults, vault.Options{
		Files:   func(name string) (fs.File, error) { return os.Open(p.Path(name)) },
		Environ: p.Env, Command: vault.RunCommand,
	})
	if err != nil {
		return nil, input.VaultError(p, err, f.vaults)
	}
	stack.Scopes = append([]variable.Reader{vault.NewReader(v)}, stack.Scopes...)
	return stack, nil
}
