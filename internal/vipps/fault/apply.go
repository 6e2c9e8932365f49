package vipps

import (
	"context"
	"math/big"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// How a fault goes wrong.

func (f Fault) fits(method, path string) bool {
	if f.Method != "" && f.Method != "*" && f.Method != method {
		return false
	}
	return f.Path == "" || glob(strings.ToLower(f.Path), strings.ToLower(strings.TrimSuffix(path, "/")))
}

// glob matches text against a pattern in which * stands for any characters.
func glob(pattern, text string) bool {
	pieces := strings.Split(pattern, "*")
	if len(pieces) == 1 {
		return strings.TrimSuffix(pattern, "/") == text
	}
	if !strings.HasPrefix(text, pieces[0]) {
		return false
	}
	text = text[len(pieces[0]):]
	last := pieces[len(pieces)-1]
	for _, piece := range pieces[1 : len(pieces)-1] {
		i := strings.Index(text, piece)
		if i < 0 {
			return false
		}
		text = text[i+len(piece):]
	}
	return strings.HasSuffix(text, last)
}

// pickFault finds what goes wrong with a request. The simulator's own paths work always.
func (s *Server) pickFault(c *call) (Fault, bool) {
	if strings.HasPrefix(c.path, controlPath) {
		return Fault{}, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.faults {
		f := &s.faults[i]
		if !f.fits(c.method, c.path) || f.Times < 0 || f.Percent != 0 && !s.chance(f.Percent) {
			continue
		}
		picked := *f
		if f.Times > 0 {
			if f.Times--; f.Times == 0 {
				f.Times = -1 // spent
			}
		}
		return picked, true
	}
	return Fault{}, false
}

// chance is true for percent of a hundred calls.
func (s *Server) chance(percent float64) bool {
	n := new(big.Int).SetBytes(s.bytes(4)).Uint64()
	return float64(n) < percent/100*(1<<32)
}

// wait passes the fault's time; false when the client did not wait.
func (f Fault) wait(ctx context.Context) bool {
	if f.Wait <= 0 {
		return true
	}
	t := time.NewTimer(f.Wait)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// reply is what is answered instead; its status is 0 when the API shall answer.
func (f Fault) reply() reply {
	var r reply
	switch {
	case f.As != "":
		d, err := findDocumented(f.As)
		if err != nil {
			return azureReply(http.StatusInternalServerError, err.Error()) // a Fault that ParseFault did not make
		}
		r = d.reply()
	case f.Status == 0:
		return r
	case f.HTML:
		r = reply{
			status: f.Status, mime: "text/html",
			body: []byte("<html><head><title>" + http.StatusText(f.Status) + "</title></head><body></body></html>\n"),
		}
	case f.Status == http.StatusTooManyRequests:
		r = rateReply(time.Duration(max(f.Retry, 1)) * time.Second)
		if f.Retry == 0 {
			r = rateReply(time.Minute)
		}
	default:
		r = azureReply(f.Status, tokenRefused)
	}
	if f.Retry != 0 {
		if r.header == nil {
			r.header = http.Header{}
		}
		r.header.Set("Retry-After", strconv.Itoa(f.Retry))
	}
	return r
}

// drop ends the connection, in the way that net/http knows.
func (f Fault) drop() {
	if f.Drop {
		panic(http.ErrAbortHandler)
	}
}
