package run

import (
	"context"

	"posthaste/collection"
	"posthaste/internal/cli/process"
	"posthaste/internal/cli/server"
	"posthaste/runner"
)

// listen receives callbacks while the run goes on, and gives every collection the placeholder
// {{$listener}}. The returned function ends it; it is never nil without an error.
// --listen-url alone is an error, because nothing would listen there.
func (r *running) listen(ctx context.Context, all []runner.Options) (end func(), err error) {
	if r.flags.listen == "" {
		if r.flags.listenURL != "" {
			return nil, process.Usage("add --listen 0.0.0.0:PORT", "--listen-url says where a listener can be reached, but no listener is started")
		}
		return func() {}, nil
	}
	url, end, err := server.Receive(ctx, r.process, r.flags.listen, r.flags.listenURL)
	if err != nil {
		return nil, err
	}
	// In front of those that are there: the vault's, which nobody names so.
	for i := range all {
		all[i].Placeholders = listening{url: url, others: all[i].Placeholders}
	}
	return end, nil
}

// listening knows {{$listener}}, and what the others know. It implements runner.Placeholders.
type listening struct {
	url    string
	others runner.Placeholders // nil for none
}

// Lookup returns the listener's URL, or what the others have.
func (l listening) Lookup(name string) (collection.Value, bool) {
	switch {
	case name == server.ListenerName:
		return collection.Text(l.url), true
	case l.others == nil:
		return collection.Value{}, false
	}
	return l.others.Lookup(name)
}
