// Package fault injects faults into requests to the simulator.
//
// A Fault says which requests, how often, and what happens to them: a status, an error that Vipps documents, a delay,
// a broken connection. The catalogue of documented errors is data (errors.json).
package fault

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Fault is injected into requests, so that a merchant can test what
// happens then. The zero Fault fits every request and does nothing.
type Fault struct {
	Method  string        // empty or * for any
	Path    string        // without case; a * stands for any characters, also at the end
	Status  int           // answered instead of what the API would have; 0 lets the API answer
	Wait    time.Duration // before the response
	Retry   int           // Retry-After in seconds; 0 sends none, except 60 with status 429
	As      string        // answered with this error of errors.json, status and all
	HTML    bool          // the body is a web page, as a firewall or a proxy sends
	Drop    bool          // the connection ends without a response
	Percent float64       // of the fitting requests; 0 means all
	Times   int           // how many requests at most; 0 means no end
}

// Parse reads a fault as it is written on a command line: method, path, and
// then any of a status, drop, html, as=client-secret-expired, delay=2s, retry-after=30, 10% and x3.
//
//	POST /ecomm/v2/payments 503 10%
//	* /epayment/v1/payments/*/capture delay=12s drop x1
//
// The error says which word it could not read.
func Parse(s string) (Fault, error) {
	words := strings.Fields(s)
	if len(words) < 3 {
		return Fault{}, fmt.Errorf("reading fault %q: want a method, a path and what goes wrong, as in %q", s, "POST /ecomm/v2/payments 503 10%")
	}
	f := Fault{Method: strings.ToUpper(words[0]), Path: words[1]}
	if !strings.HasPrefix(f.Path, "/") && !strings.HasPrefix(f.Path, "*") {
		return Fault{}, fmt.Errorf("reading fault %q: %q is no path: it starts with /", s, f.Path)
	}
	for _, word := range words[2:] {
		if err := f.read(word); err != nil {
			return Fault{}, fmt.Errorf("reading fault %q: %q: %w", s, word, err)
		}
	}
	if f.Status == 0 && f.Wait == 0 && !f.Drop && f.As == "" {
		return Fault{}, fmt.Errorf("reading fault %q: nothing goes wrong: add a status, as=, delay= or drop", s)
	}
	return f, nil
}

// read takes one word of a fault.
func (f *Fault) read(word string) error {
	name, value, _ := strings.Cut(word, "=")
	switch {
	case word == "drop":
		f.Drop = true
	case word == "html":
		f.HTML = true
	case name == "as":
		if _, err := findDocumented(value); err != nil {
			return err
		}
		f.As = value
	case name == "delay":
		d, err := time.ParseDuration(value)
		if err != nil || d <= 0 {
			return errors.New("want a time such as delay=2s")
		}
		f.Wait = d
	case name == "retry-after":
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 {
			return errors.New("want seconds such as retry-after=30")
		}
		f.Retry = n
	case strings.HasSuffix(word, "%"):
		p, err := strconv.ParseFloat(strings.TrimSuffix(word, "%"), 64)
		if err != nil || !(p > 0 && p <= 100) { // so that NaN is refused too
			return errors.New("want a share between 0% and 100%")
		}
		f.Percent = p
	case strings.HasPrefix(word, "x"):
		n, err := strconv.Atoi(word[1:])
		if err != nil || n < 1 {
			return errors.New("want a number of times such as x3")
		}
		f.Times = n
	default:
		n, err := strconv.Atoi(word)
		if err != nil || n < 400 || n > 599 {
			return errors.New("want a status from 400 to 599, drop, html, as=, delay=, retry-after=, N% or xN")
		}
		f.Status = n
	}
	return nil
}

// String writes the fault as Parse reads it.
func (f Fault) String() string {
	words := []string{f.Method, f.Path}
	add := func(ok bool, word string) {
		if ok {
			words = append(words, word)
		}
	}
	add(f.Status != 0, strconv.Itoa(f.Status))
	add(f.Drop, "drop")
	add(f.HTML, "html")
	add(f.As != "", "as="+f.As)
	add(f.Wait != 0, "delay="+f.Wait.String())
	add(f.Retry != 0, "retry-after="+strconv.Itoa(f.Retry))
	add(f.Percent != 0, strconv.FormatFloat(f.Percent, 'f', -1, 64)+"%")
	add(f.Times != 0, "x"+strconv.Itoa(f.Times))
	return strings.Join(words, " ")
}
