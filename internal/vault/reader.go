package vault

import (
	"context"
	"slices"
	"strings"
	"sync"

	"posthaste/collection"
)

// Prefix is what a placeholder's name begins with when it names a key of the vault: {{vault:KEY}}.
const Prefix = "vault:"

// A Reader shows a vault to a variable.Stack. Put it in front of the other scopes: the names that it knows
// begin with Prefix. Use NewReader. It is safe for concurrent use.
type Reader struct {
	vault *Vault

	mu       sync.Mutex
	problems []string
}

// NewReader returns a reader of a vault, which may be nil.
func NewReader(v *Vault) *Reader { return &Reader{vault: v} }

// Lookup returns the value that a placeholder's name stands for. A key that cannot be read is not found; the
// reason is among Problems.
func (r *Reader) Lookup(name string) (collection.Value, bool) {
	key, ok := strings.CutPrefix(name, Prefix)
	if !ok {
		return collection.Value{}, false
	}
	value, ok, err := r.vault.Lookup(context.Background(), key)
	if err != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		if text := err.Error(); !slices.Contains(r.problems, text) {
			r.problems = append(r.problems, text)
		}
		return collection.Value{}, false
	}
	return collection.Text(value), ok
}

// Problems says what went wrong while values were read, each thing once.
func (r *Reader) Problems() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.problems)
}
