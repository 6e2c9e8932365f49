// Package vault holds secrets that stay outside of collections and environments: pm.vault and {{vault:KEY}} read
// them. They come from a dotenv file, from named variables of the process's environment or from a command.
//
// Every value that is handed out is told to Options.Reveal first, so that reports can mask it. What a script
// sets lasts for the run and is written nowhere.
package vault

import (
	"context"
	"fmt"
	"io/fs"
	"sync"
)

// Options is what a vault may use of the outside. What a source needs and is nil makes Open fail.
type Options struct {
	// Files opens dotenv files by the name that the source has.
	Files func(name string) (fs.File, error)
	// Environ looks a variable of the process up.
	Environ func(name string) (string, bool)
	// Command runs a program, without a shell, and returns what it wrote to its standard output.
	// RunCommand is one.
	Command func(ctx context.Context, argv []string) ([]byte, error)
	// Reveal is told of each value before it is handed out. May be nil.
	Reveal func(name, value string)
}

// A source gives the values that it has. ok is false for a key that it does not know.
type source interface {
	lookup(ctx context.Context, key string) (value string, ok bool, err error)
}

// A Vault is a list of sources; the first that knows a key counts. It is safe for concurrent use; Open
// makes one. A nil Vault knows nothing and refuses everything.
type Vault struct {
	sources []source
	reveal  func(name, value string)

	mu  sync.Mutex
	set map[string]*string // what scripts set; nil for what they unset
}

// ErrDenied is the error of a vault that is not there.
var ErrDenied error = denied{}

type denied struct{}

// Error is Postman's text, which scripts compare.
func (denied) Error() string { return "Vault access denied" }

// Open reads the sources as they are written on a command line, see Options for what they need:
//
//	dotenv:FILE       a file of KEY=value lines; "dotenv:" may be left out
//	env:NAME,OTHER_*  variables of the environment, by name or by how their names begin
//	exec:COMMAND      a command whose output is the value; {key} stands for the key, which else comes last
func Open(list []string, o Options) (*Vault, error) {
	v := &Vault{reveal: o.Reveal, set: map[string]*string{}}
	for _, text := range list {
		s, err := parse(text, o)
		if err != nil {
			return nil, fmt.Errorf("vault %q: %w", text, err)
		}
		v.sources = append(v.sources, s)
	}
	return v, nil
}

// Lookup returns the value of a key. ok is false when no source knows it.
func (v *Vault) Lookup(ctx context.Context, key string) (value string, ok bool, err error) {
	if v == nil {
		return "", false, ErrDenied
	}
	v.mu.Lock()
	own, changed := v.set[key]
	v.mu.Unlock()
	if changed {
		if own == nil {
			return "", false, nil
		}
		return *own, true, nil
	}
	for _, s := range v.sources {
		value, ok, err = s.lookup(ctx, key)
		if err != nil {
			return "", false, fmt.Errorf("reading %s from the vault: %w", key, err)
		}
		if ok {
			v.tell(key, value)
			return value, true, nil
		}
	}
	return "", false, nil
}

// Set gives a key a value for the rest of the run.
func (v *Vault) Set(key, value string) error {
	if v == nil {
		return ErrDenied
	}
	v.tell(key, value)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.set[key] = &value
	return nil
}

// Unset hides a key for the rest of the run.
func (v *Vault) Unset(key string) error {
	if v == nil {
		return ErrDenied
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.set[key] = nil
	return nil
}

func (v *Vault) tell(key, value string) {
	if v.reveal != nil && value != "" {
		v.reveal(key, value)
	}
}
