// Package failure holds why a request got no response, in the words of Node and newman.
//
// Reports show code, errno and system call as Node does, because people search for ECONNREFUSED and scripts compare
// it. A hint says what to do. The one table of errno numbers is here.
package failure

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"syscall"
)

// An Error is why a request got no response.
type Error struct {
	Code    string // Node's code: "ECONNREFUSED", "ESOCKETTIMEDOUT", "CERT_HAS_EXPIRED" …; "" where Node has none
	Message string // newman's text: "connect ECONNREFUSED 127.0.0.1:1", "socket hang up" …
	Hint    string // what to do or what was seen, "" when there is nothing to add
	Err     error  // the cause, or nil

	// What Node's system errors also carry, as newman's JSON report and pm.sendRequest show it.
	Errno   int    // Linux's number, negative, or 0
	Syscall string // "connect", "read", "write", "getaddrinfo"
	Address string // IP address, or the name that was looked up
	Port    int
}

// Error returns Message.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// HangUp is what newman says when the server closes instead of answering.
func HangUp(cause error) *Error {
	return &Error{Code: "ECONNRESET", Message: "socket hang up", Hint: "the server closed the connection without an answer", Err: cause}
}

// Aborted is what newman says when the response ends before its length.
func Aborted(cause error, got int64) *Error {
	if errors.Is(cause, io.EOF) { // readers take io.EOF for a good end
		cause = io.ErrUnexpectedEOF
	}
	return &Error{Code: "ECONNRESET", Message: "aborted", Hint: fmt.Sprintf("the answer broke off after %d bytes of its body", got), Err: cause}
}

// Of turns what Go's network says into what newman shows. op is Node's word for the act: "connect",
// "read", "write". An *Error is returned as it is.
func Of(op string, err error) error {
	var own *Error
	var dns *net.DNSError
	var netErr *net.OpError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &own):
		return own
	case errors.Is(err, context.Canceled):
		return &Error{Code: "ABORT_ERR", Message: "The operation was Aborted", Err: err}
	case errors.As(err, &dns):
		return lookupError(dns, err)
	case errors.As(err, &record):
		return &Error{Code: "EPROTO", Message: "write EPROTO error:0A00010B:SSL routines:ssl3_get_record:wrong version number", Hint: "the server does not speak TLS here; is http:// meant?", Err: err}
	case errors.As(err, &alert):
		return &Error{Code: "EPROTO", Message: "write EPROTO tls alert " + alert.Error(), Hint: "the server refused the TLS handshake", Err: err}
	}
	code, hint := CodeOf(err)
	if code == "" {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) {
			return HangUp(err)
		}
		return &Error{Code: "EPROTO", Message: op + " EPROTO " + err.Error(), Err: err}
	}
	e := &Error{Code: code, Message: op + " " + code, Hint: hint, Err: err, Errno: numberOf(code), Syscall: op}
	if op == "connect" && errors.As(err, &netErr) && netErr.Addr != nil {
		e.atAddress(netErr.Addr.String())
	}
	return e
}

// atAddress adds Go's "[::1]:80" as Node writes it, "::1:80".
func (e *Error) atAddress(addr string) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		e.Message += " " + addr
		return
	}
	e.Message += " " + host + ":" + port
	e.Address = host
	if n, err := strconv.Atoi(port); err == nil {
		e.Port = n
	}
}

func lookupError(dns *net.DNSError, err error) *Error {
	code, hint := "ENOTFOUND", "no such host; is the name, or the variable it came from, right?"
	if !dns.IsNotFound {
		code, hint = "EAI_AGAIN", "the name server did not answer"
	}
	return &Error{Code: code, Message: "getaddrinfo " + code + " " + dns.Name, Hint: hint, Err: err, Errno: numberOf(code), Syscall: "getaddrinfo", Address: dns.Name}
}

// CodeOf names a system error as Node does. The second numbers are Windows' own.
func CodeOf(err error) (code, hint string) {
	var no syscall.Errno
	if !errors.As(err, &no) {
		if e := net.Error(nil); errors.As(err, &e) && e.Timeout() {
			return "ETIMEDOUT", ""
		}
		return "", ""
	}
	is := func(unix syscall.Errno, windows uintptr) bool { return no == unix || uintptr(no) == windows }
	switch {
	case is(syscall.ECONNREFUSED, 10061):
		return "ECONNREFUSED", "nothing listens there"
	case is(syscall.ECONNRESET, 10054), is(syscall.ECONNABORTED, 10053):
		return "ECONNRESET", "the server cut the connection"
	case is(syscall.EPIPE, 232):
		return "EPIPE", "the server closed the connection while the request was being sent"
	case is(syscall.ETIMEDOUT, 10060):
		return "ETIMEDOUT", ""
	case is(syscall.EHOSTUNREACH, 10065):
		return "EHOSTUNREACH", ""
	case is(syscall.ENETUNREACH, 10051):
		return "ENETUNREACH", ""
	case is(syscall.EADDRNOTAVAIL, 10049):
		return "EADDRNOTAVAIL", ""
	case is(syscall.EACCES, 10013):
		return "EACCES", ""
	case is(syscall.EINVAL, 10022):
		return "EINVAL", ""
	}
	return "", ""
}
