package input

import (
	"errors"

	"posthaste/collection"
	"posthaste/internal/cli/process"
	"posthaste/internal/dotenv"
	"posthaste/internal/filekind"
)

// ReadEnvFiles reads --env-file: KEY=value lines, as shells and docker write them. Their
// variables are environment variables of the run whose values are secrets.
func ReadEnvFiles(p *process.Process, names []string) ([]collection.Variable, error) {
	var list []collection.Variable
	for _, name := range names {
		entries, err := ReadEnvFile(p, name)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			list = append(list, collection.Variable{Key: e.Key, Value: collection.Text(e.Value), Type: "secret"})
		}
	}
	return list, nil
}

// ReadEnvFile reads one such file. Errors name the line but do not show it: it may contain a
// secret.
func ReadEnvFile(p *process.Process, name string) ([]dotenv.Entry, error) {
	data, err := ReadFile(p, "environment file", name)
	if err != nil {
		return nil, err
	}
	entries, err := dotenv.Parse(string(data))
	if wrong := (*dotenv.Error)(nil); errors.As(err, &wrong) {
		return nil, Misfit(process.Usage("write each variable as KEY=value, and comments behind #", "reading the environment file: %s:%d: %w", name, wrong.Line, err), "environment file", name, data)
	}
	if filekind.Of(name, data).IsBinary() {
		return nil, Misfit(err, "environment file", name, data)
	}
	return entries, err
}
