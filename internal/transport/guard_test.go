package transport

import (
	"context"
	"testing"
)

// A context that ends between two requests, or after the next has begun, ends neither the connection nor that request.
func TestAContextThatIsOverEndsNoLaterRequest(t *testing.T) {
	t.Parallel()
	srv := answering(t, okAnswer)
	c := client(t, Options{})
	const times = 200
	for range times {
		ctx, cancel := context.WithCancel(t.Context())
		p, err := c.Draft(&Request{URL: srv.url()}).Finish(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Do(ctx, p); err != nil {
			t.Fatalf("a request after a context ended: %v", err)
		}
		go cancel()
	}
	if n := srv.connections(); n != 1 {
		t.Errorf("%d connections for %d requests, want 1", n, times)
	}
}

// A context that has ended before its request has a connection ends that request.
func TestARequestWithoutTimeLeftIsNotSent(t *testing.T) {
	t.Parallel()
	srv := answering(t, okAnswer)
	c := client(t, Options{})
	if _, err := do(t, c, &Request{URL: srv.url()}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	p, err := c.Draft(&Request{URL: srv.url()}).Finish(ctx)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	_, err = c.Do(ctx, p)
	wantError(t, err, "ABORT_ERR", "The operation was aborted")
}
