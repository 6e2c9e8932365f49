package fault

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"posthaste/internal/vipps/response"
)

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

// Sleep lets the fault's delay pass; it returns false when the client did not wait.
func (f Fault) Sleep(ctx context.Context) bool {
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

// Response is the response to give instead; its status is 0 when the API should answer.
func (f Fault) Response() response.Response {
	var r response.Response
	switch {
	case f.As != "":
		d, err := findDocumented(f.As)
		if err != nil {
			return response.Azure(http.StatusInternalServerError, err.Error()) // a Fault that Parse did not make
		}
		r = d.Response()
	case f.Status == 0:
		return r
	case f.HTML:
		r = response.Response{
			Status: f.Status, Type: "text/html",
			Body: []byte("<html><head><title>" + http.StatusText(f.Status) + "</title></head><body></body></html>\n"),
		}
	case f.Status == http.StatusTooManyRequests:
		r = response.RateLimited(time.Duration(max(f.Retry, 1)) * time.Second)
		if f.Retry == 0 {
			r = response.RateLimited(time.Minute)
		}
	default:
		r = response.Azure(f.Status, response.TokenRefused)
	}
	if f.Retry != 0 {
		if r.Header == nil {
			r.Header = http.Header{}
		}
		r.Header.Set("Retry-After", strconv.Itoa(f.Retry))
	}
	return r
}

// EndConnection ends the connection in the middle of the first line of a response when the fault says so. Without that beginning,
// a client may send a GET again without being asked when its kept connection ends, and nobody would see the fault.
func (f Fault) EndConnection(w http.ResponseWriter) {
	if !f.Drop {
		return
	}
	if conn, buffered, err := http.NewResponseController(w).Hijack(); err == nil {
		_, _ = buffered.WriteString("HTTP/1.1 ") // the connection ends in any case
		_ = buffered.Flush()
		_ = conn.Close()
	}
	panic(http.ErrAbortHandler)
}
