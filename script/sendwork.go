package script

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/internal/errno"
)

// safeSend calls the host so that a panic there becomes the request's error.
func safeSend(ctx context.Context, host Host, req *Request) (res *Response, err error) {
	defer func() {
		if x := recover(); x != nil {
			res, err = nil, fmt.Errorf("sending the request: %v", x)
		}
	}()
	if err := ctx.Err(); err != nil { // the script has ended: nobody waits
		return nil, err
	}
	if req.Hold != nil {
		if err := req.Hold(copiesOfBody * sizeOfBody(req.Body)); err != nil {
			return nil, err
		}
	}
	res, err = host.Send(ctx, req)
	if err == nil && res == nil {
		err = errors.New("sending the request: no answer")
	}
	return res, err
}

// copiesOfBody is how many copies of a request's body exist while it is sent: as text, as bytes, as reports show it.
const copiesOfBody = 3

// sizeOfBody is about how many bytes the texts of a body take.
func sizeOfBody(b *collection.Body) (n int64) {
	if b == nil {
		return 0
	}
	n = int64(len(b.Raw))
	if b.GraphQL != nil {
		n += int64(len(b.GraphQL.Query) + len(b.GraphQL.Variables.String()))
	}
	for _, p := range b.URLEncoded {
		n += int64(len(p.Key) + len(p.Value.String()))
	}
	for _, p := range b.FormData {
		n += int64(len(p.Key) + len(p.Value.String()))
	}
	return n
}

// stripFiles takes files out of a request: scripts may not read them (newman).
func (r *run) stripFiles(req *Request) {
	b := req.Body
	if b == nil {
		return
	}
	stripped := false
	switch b.Mode {
	case "file":
		stripped = b.File != nil && !b.File.HasContent
		if stripped {
			req.Body = nil
		}
	case "formdata":
		var kept []collection.FormParam
		for _, p := range b.FormData {
			if p.Type == "file" {
				stripped = true
				continue
			}
			kept = append(kept, p)
		}
		without := *b
		without.FormData = kept
		req.Body = &without
	}
	if stripped {
		r.warn("uploading files from scripts is not allowed")
	}
}

// A coded error names its kind as Node does: "ECONNREFUSED". The error of Host.Send may have it.
type coded interface{ Code() string }

// requestError shows a failed request to scripts: an Error with message and, where known, code.
func (r *run) requestError(err error) goja.Value {
	if r.opt.Compat {
		return r.systemError(err)
	}
	o := r.env.NewError("Error", err.Error())
	var c coded
	if errors.As(err, &c) && c.Code() != "" {
		_ = o.Set("code", c.Code())
	}
	return o
}

// systemError is what newman gives for a failed request: a plain object with the fields that the system's
// error had, without a message.
func (r *run) systemError(err error) goja.Value {
	o := r.vm.NewObject()
	var c coded
	if !errors.As(err, &c) || c.Code() == "" {
		return o
	}
	if number := errno.Of(c.Code()); number != 0 {
		_ = o.Set("errno", number)
	}
	_ = o.Set("code", c.Code())
	syscall, place, ok := strings.Cut(err.Error(), " "+c.Code()) // "connect ECONNREFUSED 127.0.0.1:1"
	if !ok {
		return o
	}
	_ = o.Set("syscall", syscall)
	place = strings.TrimSpace(place)
	if host, port, err := net.SplitHostPort(place); err == nil {
		_ = o.Set("address", host)
		if n, err := strconv.Atoi(port); err == nil {
			_ = o.Set("port", n)
		}
	} else if place != "" {
		_ = o.Set("hostname", place)
	}
	return o
}

// hollow is the response that newman gives beside an error, nil for what newer Postman does.
func (r *run) hollow() *goja.Object {
	if !r.opt.Compat {
		return nil
	}
	o := r.responseObject(&Response{})
	_ = o.Delete("to") // pm.response alone has it
	return o
}

// failed is what a callback is given for a request that failed.
func (r *run) failed(failure goja.Value, hollow *goja.Object) []goja.Value {
	if hollow == nil {
		return []goja.Value{failure}
	}
	return []goja.Value{failure, hollow}
}

// thrownBy is the JavaScript value of an error: what was thrown, or an Error with its text.
func (r *run) thrownBy(err error) goja.Value {
	var exception *goja.Exception
	if errors.As(err, &exception) {
		return exception.Value()
	}
	return r.env.NewError("Error", err.Error())
}
