package runner

import (
	"context"

	"posthaste/collection"
	"posthaste/runner/event"
)

// A Draft is a request as a run would send it now, with the variables that are known before
// any script ran. It is what posthaste run --dry-run prints.
type Draft struct {
	Item       event.Item
	Request    event.Request // masked
	Unresolved []string      // names that nothing gives a value, masked
	Error      *event.Error  // why it could not be sent; nil when it could
}

// Drafts resolves every request of the plan in order and sends nothing. Scripts do not run,
// signatures are not made. A request that could not be sent is a Draft with an Error; the
// error of Drafts is that of Run.
func Drafts(ctx context.Context, opt Options) ([]Draft, error) {
	r, err := newRun(opt)
	if err != nil {
		return nil, err
	}
	defer r.client.CloseIdle()
	// The first row of data, so that what it gives is not missed.
	if _, err := r.advance(0); err != nil {
		return nil, err
	}
	items := r.requests()
	drafts := make([]Draft, 0, len(items))
	for _, item := range items {
		d := r.draft(ctx, item)
		for i, name := range d.Unresolved {
			d.Unresolved[i] = r.emit.mask.Text(name)
		}
		drafts = append(drafts, d)
	}
	return drafts, nil
}

// draft prepares one request as the run would and sends nothing. No script runs, so what
// scripts would set is listed. Each name is listed once.
func (r *run) draft(ctx context.Context, item *planned) Draft {
	s := r.newStep(item, 0, 0)
	d := Draft{Item: s.shown.Masked(r.emit.mask)}
	r.notices.at(s.shown)
	r.stack.Missing = func(name string) { d.Unresolved = appendNew(d.Unresolved, name) }
	r.stack.Endless = func(names []string) { d.Unresolved = appendNew(d.Unresolved, names[0]) }
	vars := r.stack.Expansion()
	resolved, url := resolve(item.item.Request, item.item.Request.URL.Resolved(), vars, nil)
	if err := vars.Err(); err != nil {
		d.Error = requestError(err).Masked(r.emit.mask)
		d.Request = r.shownRequest(&resolved, url, nil).Masked(r.emit.mask)
		return d
	}
	// What the request holds must be known as secret before any of it is masked below.
	r.keep.expand(r.stack.Scopes, item.item.Request.URL.Variables)
	r.keep.request(&resolved, false)
	x := outgoing{step: s.host.step, item: s.shown, behavior: item.behavior, url: url}
	x.written = item.item.Request.URL.Resolved()
	wire := wireRequest(x, &resolved, func(string, string) {})
	draft := r.client.Draft(wire)
	prepared, err := draft.Finish(ctx)
	// A host that the fence refuses is worth more than whatever else is wrong.
	if refused := r.fenced(x, wire, draft); refused != nil {
		err = refused
	}
	if err != nil {
		d.Error = requestError(err).Masked(r.emit.mask)
	} else {
		resolved.URL = collection.ParseURL(prepared.Target.Shown())
		resolved.Header = ownHeader(prepared.Header)
	}
	d.Request = r.shownRequest(&resolved, resolved.URL.String(), prepared).Masked(r.emit.mask)
	return d
}

// ownHeader leaves out what the runner adds to every request, such as User-Agent and Host.
func ownHeader(list []collection.Header) []collection.Header {
	var own []collection.Header
	for _, h := range list {
		if !h.System {
			own = append(own, h)
		}
	}
	return own
}

// appendNew adds a name that is not in the list yet. Lists are short.
func appendNew(list []string, name string) []string {
	for _, have := range list {
		if have == name {
			return list
		}
	}
	return append(list, name)
}
